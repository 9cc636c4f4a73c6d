import { Random } from '../random';
import {
  CALL_FAULTS,
  type CallFault,
  type Fault,
  INVOKE_FAULTS,
  type InvokeFault,
  MESSAGE_FAULTS,
  type MessageFault,
  type Outage,
} from './faults';
import type {
  CallbackPlan,
  Operation,
  Outcome,
  Plan,
  Schedule,
  ServiceAnswer,
  ServicePlan,
  StartPlan,
} from './schedule';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** The schedule of a seed: the same, always. */
export function generate(seed: number): Schedule {
  const random = new Random(seed, 'schedule');
  const plans = times(random.pick([1, 1, 1, 2, 2, 3, 4]), () => plan(random));
  const calm = random.chance(0.1);
  return {
    seed,
    plans,
    faults: calm ? [] : times(random.integer(1, random.pick([3, 6, 12])), () => fault(random, plans)),
    outages: [...(random.chance(0.15) ? [outage(random)] : []), ...restartsOfStepFunctions(seed)],
  };
}

function plan(random: Random): Plan {
  const kind = random.pick(['task', 'task', 'task', 'task', 'composite', 'name'] as const);
  const starts = startPlans(random, kind === 'name');
  const looksAtMs = times(random.integer(0, 3), () => random.delayMs(100, HOUR));
  if (kind === 'name') {
    return { kind, starts, delaySeconds: random.pick([0, 0, 5, 60]), operations: operations(random, 0), looksAtMs };
  }
  if (kind === 'composite') {
    const services = times(random.integer(1, 4), () => servicePlan(random, 0.1));
    return { kind, starts, services, operations: operations(random, services.length), looksAtMs };
  }
  const timeoutSeconds = Math.ceil(random.delayMs(5, 7200));
  const heartbeatSeconds =
    random.chance(0.25) && timeoutSeconds > 5 ? random.integer(3, timeoutSeconds - 1) : undefined;
  const service = servicePlan(random, 0.25);
  return {
    kind,
    route: random.pick(['tasks', 'workflows'] as const),
    starts,
    timeoutSeconds,
    ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
    service:
      heartbeatSeconds === undefined
        ? service
        : {
            ...service,
            heartbeats: {
              everyMs: Math.round(heartbeatSeconds * SECOND * random.pick([0.4, 0.7, 1, 1.1])),
              count: random.integer(0, 12),
            },
          },
    operations: operations(random, 0),
    looksAtMs,
  };
}

/** The first start is at once. Names always race; other starts only with a key, for without one each starts anew. */
function startPlans(random: Random, named: boolean): StartPlan[] {
  const first: StartPlan = { atMs: 0, variant: 0, ...(random.chance(0.5) ? { key: 0 } : {}) };
  if (!named && first.key === undefined) {
    return [first];
  }
  const others = random.chance(named ? 0.9 : 0.4) ? random.integer(1, 4) : 0;
  return [
    first,
    ...times(others, () => ({
      atMs: random.chance(0.6) ? random.integer(0, 400) : random.delayMs(400, HOUR),
      variant: random.chance(0.2) ? 1 : 0,
      ...(named && random.chance(0.7) ? {} : { key: named ? random.integer(0, 2) : 0 }),
    })),
  ];
}

function servicePlan(random: Random, silent: number): ServicePlan {
  const answers = times(random.pick([0, 0, 1, 1, 2, 8]), () => serviceAnswer(random));
  const callbacks = random.chance(silent) ? [] : times(random.pick([1, 1, 1, 2, 3]), () => callback(random));
  const [first] = callbacks;
  // Conflicting callbacks that are sent at nearly the same time.
  if (first !== undefined && random.chance(0.2)) {
    callbacks.push({ ...first, afterMs: first.afterMs + random.integer(0, 60), outcome: outcome(random) });
  }
  return { answers, callbacks };
}

function serviceAnswer(random: Random): ServiceAnswer {
  const status = random.pick([202, 202, 202, 200, 500, 503, 429, 408, 404, 301, 'silent', 'silent'] as const);
  return { status, afterMs: random.delayMs(5, 12 * SECOND) };
}

function callback(random: Random): CallbackPlan {
  return {
    onRequest: random.pick([1, 1, 1, 1, 2, 3]),
    // From right away, before the request is answered, to long after any timeout.
    afterMs: random.chance(0.3) ? random.integer(0, 100) : random.delayMs(100, 2 * HOUR),
    outcome: outcome(random),
    resends: random.pick([0, 0, 2, 5, 8, 8]),
    wrongToken: random.chance(0.05),
  };
}

function outcome(random: Random): Outcome {
  return random.chance(0.7)
    ? { status: 'succeeded', data: random.pick<unknown>([{ parcel: 1 }, { parcel: 2 }, null, 'done', [1, 2]]) }
    : {
        status: 'failed',
        error: random.pick(['NoStock', 'Declined', 'States.Timeout']),
        cause: random.pick(['none left', '']),
      };
}

function operations(random: Random, children: number): Operation[] {
  if (!random.chance(0.35)) {
    return [];
  }
  return times(random.integer(1, 4), () => ({
    atMs: random.delayMs(20, HOUR),
    what: random.pick(['stop', 'redrive', 'redrive'] as const),
    ...(children > 0 && random.chance(0.5) ? { child: random.integer(0, children - 1) } : {}),
  }));
}

const CALL_KINDS = Object.keys(CALL_FAULTS) as [CallFault, ...CallFault[]];
const INVOKE_KINDS = Object.keys(INVOKE_FAULTS) as [InvokeFault, ...InvokeFault[]];
const MESSAGE_KINDS = Object.keys(MESSAGE_FAULTS) as [MessageFault, ...MessageFault[]];

/** The functions that each kind of plan runs, those with the most at stake more often. */
const FUNCTIONS: Readonly<Record<Plan['kind'], readonly [string, ...string[]]>> = {
  task: [
    'call-external',
    'call-external',
    'complete-task',
    'complete-task',
    'complete-task',
    'settle-task',
    'settle-task',
    'close-task',
    'start-task',
    'start-workflow',
    'heartbeat-task',
    'get-task',
  ],
  composite: [
    'call-external',
    'complete-task',
    'complete-task',
    'settle-task',
    'close-task',
    'start-composite-workflow',
    'get-composite-workflow',
  ],
  name: [
    'start-idempotent-workflow',
    'start-idempotent-workflow',
    'start-idempotent-workflow',
    'get-idempotent-workflow',
  ],
};

function fault(random: Random, plans: readonly Plan[]): Fault {
  const { kind: plan } = plans[random.integer(0, plans.length - 1)] ?? { kind: 'task' };
  const where = random.number();
  const nth = random.pick([1, 1, 2, 2, 3, 4, 5, 6, 8, 12]);
  // Most can be lost between the record of an outcome and its delivery.
  if (where < 0.2 && plan !== 'name') {
    return { ...callFault(random), at: 'call:complete-task', nth: random.pick([3, 3, 3, 4, 6, 7]) };
  }
  if (where < 0.62) {
    return { ...callFault(random), at: `call:${random.pick(FUNCTIONS[plan])}`, nth };
  }
  if (where < 0.74) {
    return {
      at: `invoke:${random.pick(FUNCTIONS[plan])}`,
      nth,
      kind: random.pick(INVOKE_KINDS),
      ms: random.delayMs(500, 9 * SECOND),
    };
  }
  const channel = random.pick(['to-service', 'to-service', 'callback', 'callback', 'client', 'event'] as const);
  // Step Functions sends events at best effort, and EventBridge hands them on at least once.
  const kind = channel === 'event' ? random.pick(['drop', 'duplicate', 'delay'] as const) : random.pick(MESSAGE_KINDS);
  return { at: channel, nth, kind, ms: random.delayMs(10, HOUR) };
}

const callFault = (random: Random): Pick<Fault, 'kind' | 'ms'> => ({
  kind: random.pick(CALL_KINDS),
  ms: random.delayMs(300, 40 * SECOND),
});

function outage(random: Random): Outage {
  const of = random.pick(['dynamodb', 'states', 'restart-functions'] as const);
  const forMs = of === 'restart-functions' ? 0 : random.delayMs(SECOND, 600 * SECOND);
  return { of, atMs: random.delayMs(50, HOUR), forMs };
}

/** From a random stream of their own: everything else about a seed is as it was before they were added. */
function restartsOfStepFunctions(seed: number): Outage[] {
  const random = new Random(seed, 'restarts of Step Functions');
  if (!random.chance(0.1)) {
    return [];
  }
  return times(random.integer(1, 3), () => ({ of: 'restart-states', atMs: random.delayMs(20, HOUR), forMs: 0 }));
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
