import { parseArgs } from 'node:util';
import {
  createClients,
  describeFailure,
  ExecutionReader,
  type ExecutionSources,
  resolveTarget,
  type Target,
  TargetError,
  TaskReader,
} from '@workflows/inspector';
import { createColors } from 'picocolors';
import { explain } from './explain';
import { findSubject } from './find-subject';
import { render } from './render';

/** What the command writes to and reads from. */
export interface Terminal {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether standard output shows colours. */
  readonly colors: boolean;
  /** Characters in a line. */
  readonly width: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where `.local` and the outputs file are looked for. */
  readonly root: string;
  /** Epoch milliseconds. */
  now(): number;
}

export const EXPLAINED = 0;
export const NOT_EXPLAINED = 1;
export const WRONG_USAGE = 2;

const HELP = `Usage: pnpm explain <id> [options]

Everything about one task, workflow or composite in one timeline: the request, the record, each attempt, the execution
and its sub-workflows, the callback, the outcome; then why it is in the state it is in, and what happens next and when.

<id> is a task, workflow or composite id, the name of an idempotent start, or the ARN of an execution.

It looks at the embedded runtime if that is up (.local/aws.env), else at the AWS account of the environment.

Options:
  --outputs FILE  outputs of the stacks, as cdktf deploy --outputs-file writes them; looks at their account
  --aws           look at the account of the environment even while the embedded runtime is up
  --json          one JSON document for machines
  --help

Exit code: ${EXPLAINED} explained, ${NOT_EXPLAINED} not found or not reachable, ${WRONG_USAGE} wrong usage.
`;

/** `pnpm explain`. @returns the exit code */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    terminal.stderr(`${options}\n`);
    return WRONG_USAGE;
  }
  if (options.help) {
    terminal.stdout(HELP);
    return EXPLAINED;
  }
  try {
    const target = resolveTarget({
      root: terminal.root,
      env: terminal.env,
      aws: options.aws,
      ...(options.outputs === undefined ? {} : { outputsFile: options.outputs }),
    });
    return await explainOn(target, options, terminal);
  } catch (error) {
    terminal.stderr(`${error instanceof TargetError ? error.message : describeFailure(error)}\n`);
    return NOT_EXPLAINED;
  }
}

async function explainOn(target: Target, { id, json }: Options, terminal: Terminal): Promise<number> {
  const clients = createClients(target);
  try {
    const sources = sourcesOf(target, clients);
    const subject = await findSubject(id, target.outputs, sources);
    if (subject === undefined) {
      const where =
        target.kind === 'local'
          ? 'the embedded runtime, which forgets everything when it ends'
          : `AWS, ${target.region}`;
      terminal.stderr(`There is no task, workflow or composite “${id}” in ${where}.\n`);
      return NOT_EXPLAINED;
    }
    const explanation = await explain(id, subject, sources);
    const { width } = terminal;
    const text = json
      ? `${JSON.stringify(explanation, null, 2)}\n`
      : render(explanation, { colors: createColors(terminal.colors), now: terminal.now(), width });
    terminal.stdout(text);
    return EXPLAINED;
  } finally {
    clients.close();
  }
}

function sourcesOf({ outputs }: Target, clients: ReturnType<typeof createClients>): ExecutionSources {
  const reader = new ExecutionReader(clients.sfn);
  const { tasksTable, workflowStateMachine } = outputs;
  if (tasksTable === undefined || workflowStateMachine === undefined) {
    return { reader };
  }
  return {
    reader,
    tasks: { reader: new TaskReader(clients.dynamodb, tasksTable), stateMachineArn: workflowStateMachine },
  };
}

interface Options {
  readonly id: string;
  readonly outputs?: string;
  readonly aws: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

/** @returns what is wrong, when something is */
function readOptions(args: readonly string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args: args.filter((it) => it !== '--'),
      allowPositionals: true,
      options: {
        outputs: { type: 'string' },
        aws: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { outputs, ...flags } = values;
    const [id = ''] = positionals;
    if (!flags.help && positionals.length !== 1) {
      return `Name one id, not ${positionals.length}: pnpm explain <id>. See --help.`;
    }
    return { id, ...flags, ...(outputs === undefined ? {} : { outputs }) };
  } catch (error) {
    return `${error instanceof Error ? error.message.split(/\.\s/)[0] : String(error)}. See --help.`;
  }
}
