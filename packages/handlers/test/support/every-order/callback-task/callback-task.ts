import type { Model, Move } from '../explore';
import { Invocations, type Running, withAll, without } from '../invocations';
import { Numbering } from '../numbering';
import { remembered } from '../remembered';
import type { RememberedTable } from '../remembered-table';
import type { Answer, Call } from '../stepwise';
import { answered, type Execution, eventsOf, isSettling, isWaiting, STARTED, settled } from './execution';
import { type Invocation, nameOf, run } from './invocation';
import { brokenBy } from './promises';
import { keyOf, type Scope, type World } from './world';

interface Effect {
  readonly answer: Answer;
  readonly world?: Partial<World>;
  readonly execution?: Execution;
}

const ACCEPTED: Answer = { output: {} };
const ANSWERS_OF_PUT = [200, 409, 410, 503];

/** Where functions stand is the same in every scope. */
const invocations = new Invocations(run, nameOf);

/**
 * The calls of all functions around one task, the life of its execution, its operator and its external service. An
 * invocation may stand still for as long as it likes, and go on when nobody expects it any more.
 */
export class CallbackTask implements Model<World> {
  readonly brokenBy = brokenBy;
  readonly #numbers = new Numbering();
  readonly #executions = new Numbering<Execution>();
  readonly #table: RememberedTable;
  readonly #scope: Scope;

  constructor(table: RememberedTable, scope: Scope) {
    this.#table = table;
    this.#scope = scope;
  }

  keyOf(world: World): string {
    return keyOf(world, this.#numbers);
  }

  first(): World {
    return {
      items: {},
      execution: STARTED,
      running: this.#begin([{ of: 'start-task' }, { of: 'call-external', redriveCount: 0, attempt: 1 }]),
      resumeToken: undefined,
      callbacksLeft: this.#scope.callbacks,
      accepted: [],
      toldOf: -1,
    };
  }

  from(world: World): Move<World>[] {
    const moves = this.#callbacks(world);
    for (const running of new Set(world.running)) {
      moves.push(...this.#proceed(world, running));
    }
    for (const [what, execution] of this.#eventsOf(world.execution, this.#scope)) {
      moves.push({ by: `the execution ${what}`, world: this.#become(world, execution) });
    }
    return moves;
  }

  #callbacks({ callbacksLeft, resumeToken, ...world }: World): Move<World>[] {
    const outcomes = resumeToken === undefined ? [] : [...new Set(callbacksLeft)];
    return outcomes.map((outcome) => {
      const begun = this.#begin([{ of: 'complete-task', outcome, resumeToken: resumeToken ?? '' }]);
      return {
        by: `the service calls back: ${outcome}`,
        world: {
          ...world,
          resumeToken,
          callbacksLeft: without(callbacksLeft, outcome),
          running: withAll(world.running, begun),
        },
      };
    });
  }

  /**
   * One call of a function is carried out. Where nobody waits for its end, that comes with its last call; between what
   * `settle-task` writes and what it answers, much can happen.
   */
  #proceed(world: World, running: Running<Invocation>): Move<World>[] {
    const { invocation, name, step } = running;
    const others = without(world.running, running);
    if (!('calls' in step)) {
      return [{ by: `${name} is over`, world: this.#over({ ...world, running: others }, running) }];
    }
    const { answer, execution = world.execution, world: changed } = this.#carryOut(world, step.calls);
    const moved = invocations.advance(running, answer);
    const ends = !('calls' in moved.step) && invocation.of !== 'settle-task';
    const after = ends
      ? this.#over({ ...world, running: others, ...changed }, moved)
      : { ...world, running: withAll(others, [moved]), ...changed };
    const by = `${name} ${step.calls.operation} → ${'error' in answer ? answer.error : 'done'}`;
    const move = { by, world: this.#become(after, execution) };
    return this.#scope.lostAnswers
      ? [move, { by: `${by}, its answer is lost`, world: this.#become({ ...world, ...changed }, execution) }]
      : [move];
  }

  #carryOut(world: World, call: Call): Effect {
    switch (call.to) {
      case 'DynamoDB': {
        const { answer, items } = this.#table.after(world.items, call);
        return { answer, world: { items } };
      }
      case 'ExternalService':
        return { answer: ACCEPTED, world: { resumeToken: String(call.input) } };
      case 'StepFunctions':
        return this.#askStepFunctions(world.execution, call);
    }
  }

  /** What follows from the end of a function. */
  #over(world: World, running: Running<Invocation>): World {
    const { invocation, name, step } = running;
    const returned: unknown = 'returns' in step ? step.returns : undefined;
    switch (invocation.of) {
      case 'complete-task':
        if (!ANSWERS_OF_PUT.includes(Number(returned))) {
          throw new Error(`${name} came to ${JSON.stringify(step)}`);
        }
        return returned === 200 ? { ...world, accepted: [...new Set([...world.accepted, invocation.outcome])] } : world;
      case 'close-task':
        return returned === undefined ? world : { ...world, toldOf: Math.max(world.toldOf, invocation.redriveCount) };
      case 'settle-task':
        return this.#become(world, this.#settled(world.execution, running));
      default:
        return world;
    }
  }

  /** Step Functions invokes the function of the state that the execution enters, and tells of its end. */
  #become(world: World, execution: Execution): World {
    const before = world.execution;
    if (execution === before) {
      return world;
    }
    return { ...world, execution, running: withAll(world.running, this.#begun(before, execution)) };
  }

  readonly #eventsOf = remembered((execution: Execution, scope: Scope) =>
    Object.entries(eventsOf(execution, scope)).map(([what, after]) => [what, this.#executions.same(after)] as const),
  );

  readonly #settled = remembered((execution: Execution, { invocation, step }: Running<Invocation>): Execution => {
    if (invocation.of !== 'settle-task' || !('returns' in step)) {
      return execution;
    }
    const answer = step.returns as { readonly output?: unknown; readonly error: string };
    const taken = 'output' in answer ? { output: JSON.stringify(answer.output) } : answer;
    return this.#executions.same(settled(execution, invocation.redriveCount, taken));
  });

  readonly #askStepFunctions = remembered((execution: Execution, call: Call): Effect => {
    const effect = askStepFunctions(execution, call, this.#scope.attempts);
    return effect.execution === undefined ? effect : { ...effect, execution: this.#executions.same(effect.execution) };
  });

  readonly #begun = remembered((before: Execution, execution: Execution): Running<Invocation>[] => {
    const { attempt, redriveCount, error, status } = execution;
    const again = redriveCount !== before.redriveCount;
    const begun: Invocation[] = [];
    if (isWaiting(execution) && (again || attempt !== before.attempt)) {
      begun.push({ of: 'call-external', redriveCount, attempt });
    }
    if (isSettling(execution) && (again || !isSettling(before))) {
      begun.push({ of: 'settle-task', redriveCount, error });
    }
    // The rule does not ask for the success of an execution that was not redriven.
    if (status !== 'RUNNING' && (status !== 'SUCCEEDED' || redriveCount > 0)) {
      const told = { of: 'close-task', redriveCount, status, error: status === 'FAILED' ? error : '' } as const;
      begun.push(...Array.from({ length: this.#scope.events }, () => told));
    }
    return this.#begin(begun);
  });

  #begin(begun: readonly Invocation[]): Running<Invocation>[] {
    return begun.map((invocation) => invocations.begin(invocation));
  }
}

function askStepFunctions(execution: Execution, { operation, input }: Call, attempts: number): Effect {
  if (operation === 'DescribeExecution') {
    const { status, error, redriveCount } = execution;
    const output = status === 'FAILED' ? { status, error, cause: '', redriveCount } : { status, redriveCount };
    return { answer: { output } };
  }
  const { taskToken, output, error = '' } = input as { taskToken: string; output?: string; error?: string };
  const after = answered(execution, taskToken, output === undefined ? { error } : { output }, attempts);
  return after === undefined ? { answer: { error: 'TaskTimedOut' } } : { answer: { output: {} }, execution: after };
}
