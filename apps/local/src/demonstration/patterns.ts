import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Endpoints } from './endpoints';
import type { Answer, Send } from './http-client';

/** What a pattern has to work with. */
export interface Tools {
  readonly endpoints: Endpoints;
  readonly stepFunctions: SFNClient;
  readonly send: Send;
}

export interface Pattern {
  readonly title: string;
  /** Runs the pattern on real input. @returns the problem, if it did not end as it should */
  run(tools: Tools): Promise<string | undefined>;
}

/** The external service answers after a moment, so that the wait can be seen. */
const MOCK_DELAY_MS = 1000;
/** A workflow of the demonstration that takes longer has failed. */
const TIMEOUT_SECONDS = 60;
const POLL_INTERVAL_MS = 100;

export const PATTERNS: readonly Pattern[] = [
  {
    title: 'A workflow of Lambda functions: Fibonacci numbers, + 7 each',
    run: async ({ endpoints, stepFunctions }) => {
      const { executionArn } = await stepFunctions.send(
        new StartExecutionCommand({ stateMachineArn: endpoints.lambdaStateMachineArn, input: '{"count":6}' }),
      );
      const describe = () => stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
      const ended = await poll(describe, ({ status }) => status !== 'RUNNING');
      if (ended.status !== 'SUCCEEDED') {
        return `it ended ${ended.status}: ${ended.error ?? ''} ${ended.cause ?? ''}`;
      }
      const output: unknown = JSON.parse(ended.output ?? 'null');
      return Array.isArray(output) && output.length === 6 ? undefined : `its output is ${ended.output}`;
    },
  },
  {
    title: 'An idempotent workflow: started twice under one name, it runs once',
    run: async ({ endpoints, send }) => {
      const url = `${endpoints.idempotentApi}workflow`;
      const name = `demo-${randomUUID()}`;
      const first = await send('POST', url, { name, input: { order: 1, items: ['a', 'b'] } });
      const second = await send('POST', url, { name, input: { items: ['a', 'b'], order: 1 } });
      if (first.status !== 201) {
        return `the first start was answered ${describeAnswer(first)}`;
      }
      if (second.status !== 200) {
        return `the second start was answered ${describeAnswer(second)}`;
      }
      const same = member(first, 'executionArn') === member(second, 'executionArn');
      return same ? undefined : 'the two starts began two executions';
    },
  },
  {
    title: 'A workflow that waits for a callback of the external service',
    run: ({ endpoints, send }) => {
      const input = { greeting: 'hello', mock: { delayMs: MOCK_DELAY_MS } };
      return start(send, `${endpoints.workflowApi}tasks`, { input, timeoutSeconds: TIMEOUT_SECONDS }, 1);
    },
  },
  {
    title: 'A composite workflow: one sub-workflow, with its own callback, for each name',
    run: ({ endpoints, send }) =>
      start(send, `${endpoints.workflowApi}compositeWorkflows`, { names: ['corge', 'grault'] }, 2),
  },
];

/** Starts something and follows its `url` until it is over, with an output of the external service for each sub-workflow. */
async function start(send: Send, url: string, body: object, outputs: number): Promise<string | undefined> {
  const started = await send('POST', url, body);
  const location = member(started, 'url');
  if (started.status !== 202 || typeof location !== 'string') {
    return `the start was answered ${describeAnswer(started)}`;
  }
  // A task shows one side of its workflow; the other side tells what the client gets.
  const followed = location.replace('/tasks/', '/workflows/');
  const over = (answer: Answer) => answer.status !== 200 || member(answer, 'status') !== 'RUNNING';
  const ended = await poll(() => send('GET', followed), over);
  if (member(ended, 'status') !== 'SUCCEEDED') {
    return `it ended ${describeAnswer(ended)}`;
  }
  const received = member(ended, 'externalServiceOutput');
  return Array.isArray(received) && received.length === outputs ? undefined : `it ended ${describeAnswer(ended)}`;
}

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
