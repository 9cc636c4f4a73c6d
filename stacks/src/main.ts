import { ConstructError } from '@workflows/constructs';
import { createApp } from './app';
import { ConfigError } from './config/config-error';

/** Synthesizes all stacks. `cdktf` runs this; so may anybody: `node dist/main.js`, with `CDKTF_OUTDIR` to write elsewhere. */
try {
  createApp().synth();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof ConstructError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
