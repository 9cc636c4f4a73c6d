import { defineCommand, type ValuesOf } from '@workflows/command-line';
import { TargetError, type TargetOptions } from '@workflows/inspector';
import { ConsolePortError, type ServeOptions } from './server/options';

export const CONSOLE = defineCommand({
  name: 'pnpm console',
  description: `Serves the console for the embedded runtime if it is running (.local/aws.env exists), otherwise for the AWS account of
the environment. On AWS it makes read-only calls, and starts workflows through their HTTP APIs.`,
  options: {
    outputs: {
      kind: 'text',
      valueName: 'file',
      description: 'outputs file of the stacks, as written by cdktf deploy --outputs-file',
    },
    aws: {
      kind: 'flag',
      description: 'use the AWS account of the environment even if the embedded runtime is running',
    },
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
      description: 'number of newest executions to show for each state machine',
      defaultDescription: '10000',
    },
    all: { kind: 'flag', description: 'show every state machine of the account, not only those of the outputs' },
    allowAnswers: { kind: 'flag', description: 'allow people to answer tasks as the external service on AWS too' },
    externalService: {
      kind: 'url',
      protocols: ['http:', 'https:'],
      description: 'base URL of the mock external service (Node app); the inbox shows its requests',
    },
  },
  expectedErrors: [ConsolePortError, TargetError],
  exitCodes: { 0: 'stopped by Ctrl-C or SIGTERM', 1: 'the console could not start' },
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
