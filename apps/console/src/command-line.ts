import { parseArgs } from 'node:util';
import type { TargetOptions } from '@workflows/inspector';
import type { ServeOptions } from './server/options';

export const HELP = `Usage: pnpm console [options]

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

/** What the command was asked to do. */
export interface CommandLine {
  readonly help: boolean;
  readonly target: TargetOptions;
  readonly serve: ServeOptions;
}

/** The command line is wrong: one line that names the option and what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws {UsageError} */
export function readCommandLine(args: readonly string[]): CommandLine {
  const values = read(args);
  const port = wholeNumber('--port', values.port, 0, 65_535);
  const executionLimit = wholeNumber('--executions', values.executions, 1, 1_000_000);
  const externalServiceUrl = httpUrl('--external-service', values['external-service']);
  return {
    help: values.help ?? false,
    target: {
      ...(values.outputs === undefined ? {} : { outputsFile: values.outputs }),
      ...(values.aws === undefined ? {} : { aws: values.aws }),
    },
    serve: {
      ...(port === undefined ? {} : { port }),
      ...(executionLimit === undefined ? {} : { executionLimit }),
      ...(values.all === undefined ? {} : { allStateMachines: values.all }),
      ...(values['allow-answers'] === undefined ? {} : { allowAnswers: values['allow-answers'] }),
      ...(externalServiceUrl === undefined ? {} : { externalServiceUrl }),
    },
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        outputs: { type: 'string' },
        aws: { type: 'boolean' },
        port: { type: 'string' },
        executions: { type: 'string' },
        all: { type: 'boolean' },
        'allow-answers': { type: 'boolean' },
        'external-service': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const [what = ''] = (error as Error).message.split(/\.\s/);
    throw new UsageError(`${what}. See --help.`);
  }
}

function wholeNumber(option: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) {
    return value;
  }
  throw new UsageError(`${option} takes a whole number from ${min} to ${max}, not “${text}”.`);
}

function httpUrl(option: string, text: string | undefined): string | undefined {
  if (text === undefined || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) {
    return text;
  }
  throw new UsageError(`${option} takes a URL such as http://127.0.0.1:8080, not “${text}”.`);
}
