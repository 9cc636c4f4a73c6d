import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { DescribeExecutionCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { OutputKey, Pattern } from '@workflows/contract';
import type { Answer, Send } from './http-client';

/** What a pattern has to work with. */
export interface Tools {
  /** @throws {CommandError} when the stacks have no such output */
  readonly output: (key: OutputKey) => string;
  readonly stepFunctions: SFNClient;
  readonly send: Send;
}

type ApiStart = Extract<Pattern['start'], { readonly kind: 'api' }>;
type Body = Readonly<Record<string, unknown>>;

/** A workflow of the demonstration that takes longer has failed. */
const TIMEOUT_SECONDS = 60;
const POLL_INTERVAL_MS = 100;

/** The external service answers after a moment, so that the wait can be seen. */
const EXAMPLES: Readonly<Partial<Record<string, Body>>> = {
  task: { input: { greeting: 'hello', mock: { delayMs: 1000 } }, timeoutSeconds: TIMEOUT_SECONDS },
};

/** Runs the example of a pattern. @returns the problem, if it did not end as it should */
export function runPattern(pattern: Pattern, tools: Tools): Promise<string | undefined> {
  const { start } = pattern;
  const body = EXAMPLES[pattern.id] ?? pattern.example;
  if (start.kind === 'execution') {
    return runExecution(pattern, body, tools);
  }
  return start.idempotencyKey
    ? runOnce(pattern, start, body, tools)
    : runTwice(pattern, start, { ...body, [start.idField]: `demo-${randomUUID()}` }, tools);
}

async function runExecution(
  { stateMachine, results }: Pattern,
  input: Body,
  { output, stepFunctions }: Tools,
): Promise<string | undefined> {
  const { executionArn } = await stepFunctions.send(
    new StartExecutionCommand({ stateMachineArn: output(stateMachine), input: JSON.stringify(input) }),
  );
  const describe = () => stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
  const ended = await poll(describe, ({ status }) => status !== 'RUNNING');
  if (ended.status !== 'SUCCEEDED') {
    return `it ended ${ended.status}: ${ended.error ?? ''} ${ended.cause ?? ''}`;
  }
  return hasResults(JSON.parse(ended.output ?? 'null'), results) ? undefined : `its output is ${ended.output}`;
}

/** Starts the pattern through its API. */
async function runOnce(
  pattern: Pattern,
  start: ApiStart,
  body: Body,
  { output, send }: Tools,
): Promise<string | undefined> {
  const started = await send('POST', output(start.api) + start.path, body);
  return started.status === 202
    ? await follow(pattern, start, started, { output, send })
    : `the start returned ${describeAnswer(started)}`;
}

/** Starts a pattern twice that starts once for each name, with the same input in another order of keys. */
async function runTwice(
  pattern: Pattern,
  start: ApiStart,
  body: Body,
  { output, send }: Tools,
): Promise<string | undefined> {
  const url = output(start.api) + start.path;
  const first = await send('POST', url, body);
  const second = await send('POST', url, Object.fromEntries(Object.entries(body).reverse()));
  if (first.status !== 201) {
    return `the first start returned ${describeAnswer(first)}`;
  }
  if (second.status !== 200) {
    return `the second start returned ${describeAnswer(second)}`;
  }
  return member(first, 'executionArn') === member(second, 'executionArn')
    ? await follow(pattern, start, first, { output, send })
    : 'the two starts created two executions';
}

/** Waits until what was started is over, with a result for each sub-workflow. */
async function follow(
  { results }: Pattern,
  { api, idField, resultPath }: ApiStart,
  started: Answer,
  { output, send }: Pick<Tools, 'output' | 'send'>,
): Promise<string | undefined> {
  const url = `${output(api)}${resultPath}${member(started, idField)}`;
  const over = (answer: Answer) => answer.status !== 200 || member(answer, 'status') !== 'RUNNING';
  const ended = await poll(() => send('GET', url), over);
  const succeeded = member(ended, 'status') === 'SUCCEEDED';
  return succeeded && hasResults(member(ended, 'externalServiceOutput'), results)
    ? undefined
    : `it ended ${describeAnswer(ended)}`;
}

const hasResults = (value: unknown, count: number | undefined): boolean =>
  count === undefined || (Array.isArray(value) && value.length === count);

async function poll<T>(look: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  const deadlineMs = performance.now() + TIMEOUT_SECONDS * 1000;
  for (;;) {
    const value = await look();
    if (done(value) || performance.now() > deadlineMs) {
      return value;
    }
    await delay(POLL_INTERVAL_MS);
  }
}

function member({ json }: Answer, name: string): unknown {
  return json !== null && typeof json === 'object' ? (json as Record<string, unknown>)[name] : undefined;
}

function describeAnswer({ json, status }: Answer): string {
  return `${status} ${JSON.stringify(json)}`;
}
