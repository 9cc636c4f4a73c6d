#!/usr/bin/env node
// The SDK's word on the Node.js version that it will require is for who deploys, not for who looks.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { resolveTarget, TargetError } from '@workflows/inspector';
import { HELP, readCommandLine, UsageError } from './command-line';
import { serveConsole } from './server/create-console';
import { ConsolePortError } from './server/options';

async function main(): Promise<void> {
  const options = readCommandLine(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const target = resolveTarget(options.target);
  const running = await serveConsole(target, options.serve);
  const where = target.kind === 'local' ? `the runtime at ${target.awsEndpoint}` : `AWS, ${target.region}`;
  process.stdout.write(`${running.url}\nThe console shows ${where}. Ctrl-C ends it.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void running.close());
  }
}

function isExpected(error: unknown): error is Error {
  return error instanceof UsageError || error instanceof TargetError || error instanceof ConsolePortError;
}

main().catch((error: unknown) => {
  process.stderr.write(`${isExpected(error) ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
