import { defineCommand, type ValuesOf } from '@workflows/command-line';
import { TargetError, type TargetOptions } from '@workflows/inspector';
import { ConsolePortError, type ServeOptions } from './server/options';

export const CONSOLE = defineCommand({
  name: 'pnpm console',
  description: `Serves the console for the embedded runtime, if it is up (.local/aws.env), else for an AWS account
with the credentials of the environment. On AWS it makes read-only calls, and starts workflows through their HTTP APIs.`,
  options: {
    outputs: {
      kind: 'text',
      valueName: 'file',
      description: 'outputs of the stacks, as cdktf deploy --outputs-file writes them',
    },
    aws: { kind: 'flag', description: 'look at the account of the environment even while the embedded runtime is up' },
    port: {
      kind: 'number',
      minimum: 0,
      maximum: 65_535,
      description: 'port on 127.0.0.1',
      defaultDescription: 'any free port',
    },
    executions: {
      kind: 'number',
      minimum: 1,
      maximum: 1_000_000,
      description: 'newest executions of each state machine to keep in sight',
      defaultDescription: '10000',
    },
    all: { kind: 'flag', description: 'every state machine of the account, not only those of the outputs' },
    allowAnswers: { kind: 'flag', description: "on AWS too, let people answer tasks in the external service's name" },
    externalService: {
      kind: 'url',
      protocols: ['http:', 'https:'],
      description: "base URL of the mock external service's Node app; its requests become the inbox",
    },
  },
  expectedErrors: [ConsolePortError, TargetError],
  exitCodes: { 0: 'ended by Ctrl-C or SIGTERM', 1: 'the console cannot start' },
});

/** What the command was asked to do. */
export interface ConsoleCommandLine {
  readonly target: TargetOptions;
  readonly serve: ServeOptions;
}

export function consoleOptions(values: ValuesOf<typeof CONSOLE>): ConsoleCommandLine {
  const { all, allowAnswers, aws, executions, externalService, outputs, port } = values;
  return {
    target: { ...(outputs === undefined ? {} : { outputsFile: outputs }), ...(aws ? { aws } : {}) },
    serve: {
      ...(port === undefined ? {} : { port }),
      ...(executions === undefined ? {} : { executionLimit: executions }),
      ...(all ? { allStateMachines: all } : {}),
      ...(allowAnswers ? { allowAnswers } : {}),
      ...(externalService === undefined ? {} : { externalServiceUrl: externalService }),
    },
  };
}
