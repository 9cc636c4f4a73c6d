import { type CommandContext, CommandError, defineCommand, type ValuesOf } from '@workflows/command-line';
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

export const EXPLAIN = defineCommand({
  name: 'pnpm explain',
  description: `Shows one task, workflow or composite workflow as a timeline: the request, the record, each attempt, the execution and
its sub-workflows, the callback and the outcome. Then explains its current status, and what happens next and when.`,
  options: {
    id: {
      kind: 'text',
      positional: true,
      required: true,
      description: 'a task, workflow or composite workflow id, the name of an idempotent start, or an execution ARN',
    },
    outputs: {
      kind: 'text',
      valueName: 'file',
      description: 'outputs file of the stacks, as written by cdktf deploy --outputs-file; selects their account',
    },
    aws: {
      kind: 'flag',
      description: 'use the AWS account of the environment even if the embedded runtime is running',
    },
    json: { kind: 'flag', description: 'print one JSON document' },
  },
  notes:
    'Uses the embedded runtime if it is running (.local/aws.env exists), otherwise the AWS account of the environment.',
  expectedErrors: [TargetError],
  exitCodes: { 0: 'explained', 1: 'the id was not found, or the target is unreachable' },
});

type ExplainOptions = ValuesOf<typeof EXPLAIN>;

/** What the command writes to and reads from. */
export interface ExplainContext extends CommandContext {
  /** Whether standard output shows colours. */
  readonly colors: boolean;
  /** Characters in a line. */
  readonly width: number;
  /** Where `.local` and the outputs file are looked for. */
  readonly root: string;
  /** Epoch milliseconds. */
  now(): number;
}

/** `pnpm explain`. @returns the exit code */
export async function explainCommand(options: ExplainOptions, context: ExplainContext): Promise<number> {
  const { aws, outputs } = options;
  const { env, root } = context;
  const target = resolveTarget({ root, env, aws, ...(outputs === undefined ? {} : { outputsFile: outputs }) });
  try {
    return await explainOn(target, options, context);
  } catch (error) {
    throw new CommandError(describeFailure(error), { cause: error });
  }
}

async function explainOn(target: Target, { id, json }: ExplainOptions, terminal: ExplainContext): Promise<number> {
  const clients = createClients(target);
  try {
    const sources = sourcesOf(target, clients);
    const subject = await findSubject(id, target.outputs, sources);
    if (subject === undefined) {
      const where =
        target.kind === 'local' ? 'the embedded runtime, which keeps nothing after it stops' : `AWS, ${target.region}`;
      terminal.stderr(`No task, workflow or composite workflow “${id}” was found in ${where}.\n`);
      return 1;
    }
    const explanation = await explain(id, subject, sources);
    const { width } = terminal;
    const text = json
      ? `${JSON.stringify(explanation, null, 2)}\n`
      : render(explanation, { colors: createColors(terminal.colors), now: terminal.now(), width });
    terminal.stdout(text);
    return 0;
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
