import type { ExprNode } from 'jsonata';

/** What the engine throws: a JSONata error code, whose message the engine words, or none and a message. */
export interface QueryFault {
  readonly code?: string;
  readonly message?: string;
  readonly index?: number;
  readonly value?: unknown;
}

/**
 * AWS bounds an expression in memory, depth and time. The bounds are not documented; these were measured on AWS
 * (github.com/floci-io/floci/issues/2737 and 2667): `[1..873782]` and a string of 2^22 characters are accepted, one number
 * more and 2^23 characters are not; expressions nest about 100 levels; an expression takes at most a second.
 */
const MAX_NUMBERS = 873_782;
const BYTES_OF_NUMBER = 8;
const MAX_BYTES = MAX_NUMBERS * BYTES_OF_NUMBER;
const MAX_DEPTH = 100;
/**
 * The engine evaluates the members of an array or object side by side, so their depths add up and a path of its own cannot
 * be told: an expression that has such members and functions is only kept from endless recursion.
 */
const MAX_DEPTH_SIDE_BY_SIDE = 20_000;
const MAX_MS = 1000;
/** No expression of fewer steps is ended for its time: this machine may be busy, or slower than AWS's. */
const STEPS_IN_TIME = 700_000;
/** An evaluation lets others have the event loop after so long. */
const TURN_MS = 10;
/** Steps between two looks at the time. */
const STEPS_BETWEEN_LOOKS = 256;

export const memoryLimitExceeded = (): QueryFault => ({
  message: 'Expression evaluation memory limit exceeded: Check for excessive memory usage',
});

const stackOverflow = (): QueryFault => ({
  message: 'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
});

const timeout = (): QueryFault => ({ message: 'Expression evaluation timeout: Check for infinite loop' });

/** Names under which the engine looks up its hooks. */
export const ENTRY_HOOK = Symbol.for('jsonata.__evaluate_entry');
export const EXIT_HOOK = Symbol.for('jsonata.__evaluate_exit');

/** Where the engine keeps what one evaluation has used. Not a name that an expression can spell. */
export const USAGE = ' usage';

/** What one evaluation has used. */
interface Usage {
  depth: number;
  steps: number;
  readonly maxDepth: number;
  readonly startedMs: number;
  turnStartedMs: number;
  /** The execution's time, which the engine's own clock functions read. */
  readonly now: Date;
}

interface Frame {
  lookup(name: string): unknown;
  timestamp: Date;
}

/** Called by the engine before it evaluates a node, which waits for what it returns. */
export function enter(_node: unknown, _input: unknown, frame: Frame): Promise<void> | undefined {
  const usage = frame.lookup(USAGE) as Usage;
  frame.timestamp = usage.now;
  usage.depth += 1;
  if (usage.depth > usage.maxDepth) {
    throw stackOverflow();
  }
  usage.steps += 1;
  return usage.steps % STEPS_BETWEEN_LOOKS === 0 ? look(usage) : undefined;
}

function look(usage: Usage): Promise<void> | undefined {
  const nowMs = performance.now();
  if (usage.steps > STEPS_IN_TIME && nowMs - usage.startedMs > MAX_MS) {
    throw timeout();
  }
  if (nowMs - usage.turnStartedMs < TURN_MS) {
    return undefined;
  }
  return new Promise((resolve) => {
    setImmediate(() => {
      usage.turnStartedMs = performance.now();
      resolve();
    });
  });
}

/** Called by the engine with what a node gave. */
export function leave(_node: unknown, _input: unknown, frame: Frame, result: unknown): void {
  const usage = frame.lookup(USAGE) as Usage;
  usage.depth -= 1;
  if (typeof result === 'string' ? result.length > MAX_BYTES : isTooLong(result)) {
    throw memoryLimitExceeded();
  }
}

const isTooLong = (result: unknown): boolean => Array.isArray(result) && result.length > MAX_NUMBERS;

/** What of an expression decides whether and how it is bounded. */
export interface Shape {
  /** Levels of nodes. */
  readonly depth: number;
  /** Whether it can do more steps than it has nodes, make large values of small ones, or read the engine's own clock. */
  readonly unbounded: boolean;
  /** Whether members of an array or object are evaluated side by side. */
  readonly sideBySide: boolean;
}

/** Built-in functions that make large values of small ones, or read the engine's clock. */
const WATCHED_FUNCTIONS = new Set(['pad', 'range', 'join', 'replace', 'append', 'toMillis']);

export function shapeOf(root: ExprNode): Shape {
  let deepest = 0;
  let unbounded = false;
  let sideBySide = false;
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null) {
      return;
    }
    const node = value as ExprNode;
    const level = node.type === undefined ? depth : depth + 1;
    deepest = Math.max(deepest, level);
    unbounded ||= isUnbounded(node);
    sideBySide ||= node.type === 'unary' && (node.value === '[' || node.value === '{');
    for (const child of Object.values(value)) {
      visit(child, level);
    }
  };
  visit(root, 0);
  return { depth: deepest, unbounded, sideBySide };
}

function isUnbounded(node: ExprNode): boolean {
  switch (node.type as string | undefined) {
    case 'lambda':
    case 'filter':
      return true;
    case 'variable':
      return node.value === RANGE || WATCHED_FUNCTIONS.has(node.value as string);
    default:
      return false;
  }
}

/** Whether an expression can reach a bound: only such pay for the engine's hooks. */
export const needsBounds = ({ depth, unbounded }: Shape): boolean => unbounded || depth > MAX_DEPTH;

/** What an evaluation that starts has used. */
export function newUsage({ depth, sideBySide, unbounded }: Shape, nowMs: number): Usage {
  const startedMs = performance.now();
  return {
    depth: 0,
    steps: 0,
    maxDepth: depth <= MAX_DEPTH && unbounded && sideBySide ? MAX_DEPTH_SIDE_BY_SIDE : MAX_DEPTH,
    startedMs,
    turnStartedMs: startedMs,
    now: new Date(nowMs),
  };
}

/** The bounded range operator. Not a name that an expression can spell. */
export const RANGE = ' range';

/**
 * Replaces the ranges of an expression by calls of {@link RANGE}, since the engine builds a range of up to ten million
 * numbers before any hook sees it.
 */
export function boundRanges(value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const child of Object.values(value)) {
    boundRanges(child);
  }
  const node = value as { type?: string; value?: unknown; lhs?: unknown; rhs?: unknown };
  if (node.type === 'binary' && node.value === '..') {
    const { lhs, rhs } = node;
    Object.assign(node, {
      type: 'function',
      value: '(',
      procedure: { type: 'variable', value: RANGE },
      arguments: [lhs, rhs],
    });
    delete node.lhs;
    delete node.rhs;
  }
}

/** The operator `..`. */
export function boundedRange(first: unknown, last: unknown): readonly number[] | undefined {
  if (first !== undefined && !Number.isInteger(first)) {
    throw { code: 'T2003', value: first } satisfies QueryFault;
  }
  if (last !== undefined && !Number.isInteger(last)) {
    throw { code: 'T2004', value: last } satisfies QueryFault;
  }
  if (first === undefined || last === undefined) {
    return undefined;
  }
  const [from, to] = [first as number, last as number];
  if (to - from >= MAX_NUMBERS) {
    throw memoryLimitExceeded();
  }
  return from > to ? undefined : Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
