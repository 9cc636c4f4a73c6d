#!/usr/bin/env node
// The SDK's word on the Node.js version that it will require is for who deploys, not for who looks.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { parseArgs } from 'node:util';
import { resolveTarget, TargetError } from '@workflows/inspector';
import { serveConsole } from './server/create-console';
import { ConsolePortError } from './server/options';

const HELP = `Usage: pnpm console [options]

Serves the console for the embedded runtime, if it is up (.local/aws.env), else for an AWS account
with the credentials of the environment. On AWS it makes read-only calls, and starts workflows through their HTTP APIs.

Options:
  --outputs FILE     outputs of the stacks, as cdktf deploy --outputs-file writes them
  --aws              look at the account of the environment even while the embedded runtime is up
  --port N           port on 127.0.0.1 (default: any free port)
  --executions N     newest executions of each state machine to keep in sight (default 10000)
  --all              every state machine of the account, not only those of the outputs
  --allow-answers    on AWS too, let people answer tasks in the external service's name
  --external-service URL
                     base URL of the mock external service's Node app; its requests become the inbox
  --help
`;

async function main(): Promise<number | undefined> {
  const { values } = parseArgs({
    options: {
      outputs: { type: 'string' },
      aws: { type: 'boolean' },
      port: { type: 'string' },
      executions: { type: 'string' },
      all: { type: 'boolean' },
      'allow-answers': { type: 'boolean' },
      'external-service': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const port = wholeNumber('--port', values.port, 65_535);
  const executionLimit = wholeNumber('--executions', values.executions, 1_000_000);
  const target = resolveTarget({
    ...(values.outputs === undefined ? {} : { outputsFile: values.outputs }),
    ...(values.aws === undefined ? {} : { aws: values.aws }),
  });
  const running = await serveConsole(target, {
    ...(port === undefined ? {} : { port }),
    ...(executionLimit === undefined ? {} : { executionLimit }),
    ...(values.all === undefined ? {} : { allStateMachines: values.all }),
    ...(values['allow-answers'] === undefined ? {} : { allowAnswers: values['allow-answers'] }),
    ...(values['external-service'] === undefined ? {} : { externalServiceUrl: values['external-service'] }),
  });
  const where = target.kind === 'local' ? `the runtime at ${target.awsEndpoint}` : `AWS, ${target.region}`;
  process.stdout.write(`${running.url}\nThe console shows ${where}. Ctrl-C ends it.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.close());
  return undefined;
}

function wholeNumber(option: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new UsageError(`${option} takes a whole number from 0 to ${max}, not “${text}”.`);
}

class UsageError extends Error {
  override readonly name = 'UsageError';
}

function isExpected(error: unknown): error is Error {
  if (error instanceof UsageError || error instanceof TargetError || error instanceof ConsolePortError) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

main().then(
  (code) => {
    if (code !== undefined) process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `${isExpected(error) ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 1;
  },
);
