import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PATTERNS, type Pattern, type PatternId } from '@workflows/contract';
import { callApi, type HttpCall, Redactor, type Target } from '@workflows/inspector';
import type { ExecutionKey, SessionView, StartResult } from '../../wire/types';
import { HttpProblem } from '../http/problem';
import { keyOf } from '../model/views';

type Availability = SessionView['patterns'][PatternId];

/** Which patterns can be started on this target, and for the others why not. */
export const startablePatterns = (target: Target): SessionView['patterns'] =>
  Object.fromEntries(
    PATTERNS.map((pattern) => [pattern.id, availabilityOf(pattern, target)]),
  ) as SessionView['patterns'];

function availabilityOf({ start, stack, stateMachine }: Pattern, { kind, outputs }: Target): Availability {
  const deployed = outputs[start.kind === 'api' ? start.api : stateMachine];
  if (deployed === undefined) {
    return { available: false, reason: `${stack} is not deployed here.` };
  }
  return start.kind === 'execution' && kind === 'aws'
    ? {
        available: false,
        reason: `The pattern has no HTTP API, and on AWS the console is read-only. Start it with: aws stepfunctions start-execution --state-machine-arn ${deployed}`,
      }
    : { available: true };
}

/**
 * Starts a pattern as a client would: through its HTTP API, or through Step Functions where it has none.
 *
 * @param key sent as `Idempotency-Key`, so that a form sent twice starts once
 * @throws {HttpProblem} 409 when the pattern cannot be started on this target
 */
export async function startPattern(
  id: PatternId,
  body: unknown,
  key: string,
  { target, sfn }: { readonly target: Target; readonly sfn: SFNClient },
): Promise<StartResult> {
  const { available, reason } = startablePatterns(target)[id];
  const pattern = PATTERNS.find((it) => it.id === id);
  if (!available || pattern === undefined) {
    throw new HttpProblem(409, 'not-startable', reason ?? '');
  }
  return pattern.start.kind === 'execution'
    ? startExecution(body, key, target.outputs[pattern.stateMachine], sfn)
    : startThroughApi(pattern, pattern.start, body, key, target, sfn);
}

async function startThroughApi(
  { stateMachine }: Pattern,
  { api, idField, idempotencyKey, path }: Extract<Pattern['start'], { readonly kind: 'api' }>,
  body: unknown,
  key: string,
  target: Target,
  sfn: SFNClient,
): Promise<StartResult> {
  // A structured-field string. A route that takes no key has a name in its body instead.
  const headers: Record<string, string> = idempotencyKey ? { 'idempotency-key': `"${key}"` } : {};
  const call: HttpCall = { method: 'POST', url: `${target.outputs[api]}${path}`, body, headers };
  const response = await callApi(call, target, sfn);
  const text = new Redactor().text(await response.text());
  const execution = response.ok ? executionOf(text, idField, target.outputs[stateMachine]) : undefined;
  return { status: response.status, body: text, ...(execution === undefined ? {} : { execution }) };
}

async function startExecution(
  body: unknown,
  key: string,
  stateMachineArn: string | undefined,
  sfn: SFNClient,
): Promise<StartResult> {
  const started = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: key, input: JSON.stringify(body) }),
  );
  const execution = keyOf(started.executionArn ?? '');
  const text = JSON.stringify({ executionArn: started.executionArn, startDate: started.startDate });
  return { status: 200, body: text, ...(execution === undefined ? {} : { execution }) };
}

/** The execution that an API's answer names. */
function executionOf(text: string, idField: string, stateMachineArn: string | undefined): ExecutionKey | undefined {
  const { [idField]: name } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const stateMachine = stateMachineArn?.split(':').at(-1);
  return typeof name !== 'string' || stateMachine === undefined ? undefined : { stateMachine, name };
}
