import { httpHandler } from '../../../../src/http/handler';
import { NameStore } from '../../../../src/idempotency/name-store';
import { startIdempotent } from '../../../../src/idempotency/start-idempotent';
import { Executions } from '../../../../src/workflows/executions';
import { httpEvent } from '../../http-event';
import { ManualClock } from '../../manual-clock';
import { MemoryLog } from '../../memory-log';
import { arnOf, MACHINE_ARN } from '../../step-functions';
import type { Model, Move } from '../explore';
import { Invocations, numbersOf, type Running, withAll, without } from '../invocations';
import { Numbering } from '../numbering';
import type { Items, RememberedTable } from '../remembered-table';
import type { Answer, Call, Context } from '../stepwise';

export const NAMES = 'names';

/** A client that asks to start the execution, once. */
export interface Request {
  readonly client: string;
  readonly input: string;
  readonly key?: string;
}

interface Execution {
  readonly input: string;
  readonly status: 'RUNNING' | 'SUCCEEDED';
  readonly startedBy: 'the API' | 'somebody else';
}

interface World {
  readonly items: Items;
  readonly execution: Execution | undefined;
  readonly running: readonly Running<Request>[];
  readonly answered: readonly (Request & { readonly status: number })[];
}

/** How much may happen. */
export interface Scope {
  readonly requests: readonly Request[];
  /** What an execution of this name may be started with past the API. */
  readonly pastTheApi: readonly string[];
  readonly lostAnswers: boolean;
}

const clock = new ManualClock();
const HOUR_SECONDS = 3600;

/** Requests for one name that are under way at the same time, and the execution that they ask for. */
export class IdempotentStart implements Model<World> {
  readonly #invocations = new Invocations(send, ({ client }) => client);
  readonly #numbers = new Numbering();

  readonly #table: RememberedTable;
  readonly #scope: Scope;

  constructor(table: RememberedTable, scope: Scope) {
    this.#table = table;
    this.#scope = scope;
  }

  first(): World {
    const running = withAll(
      [],
      this.#scope.requests.map((request) => this.#invocations.begin(request)),
    );
    return { items: {}, execution: undefined, running, answered: [] };
  }

  keyOf({ answered, execution, items, running }: World): string {
    const told = answered.map(({ client, status }) => `${client}=${status}`).sort();
    return `${this.#numbers.of(items)} ${JSON.stringify(execution)} ${told} ${numbersOf(running)}`;
  }

  from(world: World): Move<World>[] {
    const moves: Move<World>[] = [];
    for (const running of world.running) {
      moves.push(...this.#proceed(world, running));
    }
    if (world.execution === undefined) {
      for (const input of this.#scope.pastTheApi) {
        const execution = { input, status: 'RUNNING', startedBy: 'somebody else' } as const;
        moves.push({ by: `somebody else starts it with ${input}`, world: { ...world, execution } });
      }
    } else if (world.execution.status === 'RUNNING') {
      moves.push({
        by: 'the execution succeeds',
        world: { ...world, execution: { ...world.execution, status: 'SUCCEEDED' } },
      });
    }
    return moves;
  }

  /** One execution, and one who is told that it is new. */
  brokenBy(_before: World, { answered, execution, running }: World): string | undefined {
    const asked = answered.map(({ client, status }) => `${client} ${status}`).join(', ');
    const told = answered.filter(({ status }) => status === 201).map(({ client, key }) => key ?? client);
    if (new Set(told).size > 1) {
      return `more than one was told that the execution is new: ${asked}`;
    }
    if (told.length > 0 && execution?.startedBy === 'somebody else') {
      return `somebody was told that the execution of somebody else is new: ${asked}`;
    }
    const inputs = new Set([...this.#scope.requests, ...(execution ? [execution] : [])].map(({ input }) => input));
    for (const { client, input, status } of answered) {
      if ([200, 201].includes(status) ? execution?.input !== input : inputs.size < 2) {
        return `${client} with ${input} was answered ${status}, but the execution has ${execution?.input}: ${asked}`;
      }
    }
    const winners = answered.filter(({ input }) => input === execution?.input);
    if (running.length === 0 && execution?.startedBy === 'the API' && told.length === 0) {
      return `nobody was told that the execution is new: ${asked}`;
    }
    return running.length === 0 && execution?.startedBy === 'the API' && winners.some(({ status }) => status === 409)
      ? `an equal start was refused: ${asked}`
      : undefined;
  }

  #proceed(world: World, running: Running<Request>): Move<World>[] {
    const { name, step } = running;
    if (!('calls' in step)) {
      throw new Error(`${name} stands still at ${JSON.stringify(step)}`);
    }
    const { answer, ...changed } = this.#carryOut(world, step.calls);
    const by = `${name} ${step.calls.operation} → ${'error' in answer ? answer.error : 'done'}`;
    const moved = this.#invocations.advance(running, answer);
    const move = this.#goneOn(by, { ...world, ...changed, running: without(world.running, running) }, moved);
    return this.#scope.lostAnswers
      ? [move, { by: `${by}, its answer is lost`, world: { ...world, ...changed } }]
      : [move];
  }

  #goneOn(by: string, world: World, moved: Running<Request>): Move<World> {
    if ('calls' in moved.step) {
      return { by, world: { ...world, running: withAll(world.running, [moved]) } };
    }
    const status = 'returns' in moved.step ? Number(moved.step.returns) : 500;
    if (![200, 201, 409].includes(status)) {
      throw new Error(`${moved.name} came to ${JSON.stringify(moved.step)}`);
    }
    return {
      by: `${by}, answered ${status}`,
      world: { ...world, answered: [...world.answered, { ...moved.invocation, status }] },
    };
  }

  #carryOut(world: World, call: Call): { readonly answer: Answer } & Partial<World> {
    if (call.to === 'DynamoDB') {
      return this.#table.after(world.items, call);
    }
    const { execution } = world;
    const { input = '' } = call.input as { input?: string };
    if (call.operation === 'DescribeExecution') {
      return { answer: execution === undefined ? { error: 'ExecutionDoesNotExist' } : { output: shown(execution) } };
    }
    if (execution === undefined) {
      const started = { input, status: 'RUNNING', startedBy: 'the API' } as const;
      return { answer: { output: shown(started) }, execution: started };
    }
    return execution.status === 'RUNNING' && execution.input === input
      ? { answer: { output: shown(execution) } }
      : { answer: { error: 'ExecutionAlreadyExists' } };
  }
}

function shown({ input, startedBy, status }: Execution) {
  const ago = startedBy === 'the API' ? 0 : HOUR_SECONDS * 1000;
  return { executionArn: arnOf(NAMES), status, input, startDate: new Date(clock.now() - ago) };
}

/** Runs `POST /workflow` itself; the input is JSON text. */
async function send({ client, input, key }: Request, { dynamo, sfn }: Context): Promise<unknown> {
  const log = new MemoryLog();
  const route = startIdempotent({
    names: new NameStore({ client: dynamo, tableName: NAMES, clock }),
    executions: new Executions({ client: sfn, sleep: async () => {} }),
    stateMachineArn: MACHINE_ARN,
    clock,
    retentionDays: 120,
  });
  const event = httpEvent({
    method: 'POST',
    path: '/workflow',
    rawBody: `{"name":"the-name","input":${input}}`,
    requestId: client,
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });
  return (await httpHandler(route, { log, clock })(event)).statusCode;
}
