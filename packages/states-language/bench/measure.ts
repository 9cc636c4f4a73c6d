import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  Execution,
  type ExecutionOptions,
  type Host,
  parseDefinition,
  type RunningTask,
  type StateMachineProgram,
  type TaskListener,
  VirtualClock,
} from '../src';

/** A state machine that is measured here, and by the benchmarks of hosts. */
export function definition(name: 'callback' | 'map' | 'pass'): object {
  const root = dirname(require.resolve('@workflows/states-language/package.json'));
  return JSON.parse(readFileSync(join(root, 'bench', 'definitions', `${name}.asl.json`), 'utf8'));
}

const NOTHING_TO_CANCEL: RunningTask = { cancel: () => undefined };

/** As long as the tokens of AWS tend to be. */
const TOKEN_LENGTH = 200;

const STATE_MACHINE = { id: 'arn:aws:states:eu-west-1:123456789012:stateMachine:bench', name: 'bench' };

function context(index: number): ExecutionOptions['context'] {
  return {
    execution: {
      id: `arn:aws:states:eu-west-1:123456789012:execution:bench:run-${index}`,
      name: `run-${index}`,
      roleArn: 'arn:aws:iam::123456789012:role/bench',
      startTime: '2026-01-01T00:00:00.000Z',
    },
    stateMachine: STATE_MACHINE,
  };
}

export interface Bench {
  readonly host: Host;
  /** Listeners of the tasks that were run, newest last. */
  readonly listeners: TaskListener[];
}

export function bench(): Bench {
  const listeners: TaskListener[] = [];
  let tokens = 0;
  return {
    listeners,
    host: {
      clock: new VirtualClock(0),
      random: () => 0.5,
      newTaskToken: () => {
        tokens += 1;
        return String(tokens).padStart(TOKEN_LENGTH, '0');
      },
      uuid: () => '00000000-0000-4000-8000-000000000000',
      tasks: {
        run: (_request, listener) => {
          listeners.push(listener);
          return NOTHING_TO_CANCEL;
        },
      },
    },
  };
}

export function program(definition: object): StateMachineProgram {
  return parseDefinition(JSON.stringify(definition));
}

export function start(compiled: StateMachineProgram, input: string, host: Host, index: number): Execution {
  const execution = new Execution({ program: compiled, input, host, context: context(index) });
  execution.start();
  return execution;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function seconds(work: () => void): number {
  const from = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - from) / 1e9;
}
