import { ConstructError } from '@workflows/constructs';
import { createApp } from './app';
import { ConfigError } from './config/config-error';

/** Synthesizes all stacks. `cdktf` runs this file. Run it directly with `node dist/main.js`; `CDKTF_OUTDIR` sets the output folder. */
try {
  createApp().synth();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof ConstructError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
