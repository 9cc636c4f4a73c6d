import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { callApi, type HttpCall, Redactor, type Target } from '@workflows/inspector';
import type { ExecutionKey, Pattern, SessionView, StartResult } from '../../wire/types';
import { HttpProblem } from '../http/problem';
import { keyOf } from '../model/views';

/** Which patterns can be started on this target, and for the others why not. */
export function startablePatterns(target: Target): SessionView['patterns'] {
  const { workflowApi, idempotentApi, lambdaStateMachine } = target.outputs;
  const needs = (deployed: string | undefined, stack: string) =>
    deployed === undefined ? { available: false, reason: `${stack} is not deployed here.` } : { available: true };
  const lambda = needs(lambdaStateMachine, 'WorkflowsLambdaStack');
  return {
    task: needs(workflowApi, 'WorkflowsStack'),
    composite: needs(workflowApi, 'WorkflowsStack'),
    idempotent: needs(idempotentApi, 'WorkflowIdempotentStack'),
    lambda:
      lambda.available && target.kind === 'aws'
        ? {
            available: false,
            reason: `It has no HTTP API, and on AWS this console only reads. Start it with: aws stepfunctions start-execution --state-machine-arn ${lambdaStateMachine}`,
          }
        : lambda,
  };
}

/**
 * Starts a pattern as a client would: through its HTTP API, or for `lambda` through Step Functions.
 *
 * @param key sent as `Idempotency-Key`, so that a form sent twice starts once
 * @throws {HttpProblem} 409 when the pattern cannot be started on this target
 */
export async function startPattern(
  pattern: Pattern,
  body: unknown,
  key: string,
  { target, sfn }: { readonly target: Target; readonly sfn: SFNClient },
): Promise<StartResult> {
  const { available, reason } = startablePatterns(target)[pattern];
  if (!available) {
    throw new HttpProblem(409, 'not-startable', reason ?? '');
  }
  if (pattern === 'lambda') {
    return startLambda(body, key, target, sfn);
  }
  const response = await callApi(callOf(pattern, body, key, target), target, sfn);
  const text = new Redactor().text(await response.text());
  const execution = response.ok ? executionOf(pattern, text, target) : undefined;
  return { status: response.status, body: text, ...(execution === undefined ? {} : { execution }) };
}

function callOf(pattern: Exclude<Pattern, 'lambda'>, body: unknown, key: string, target: Target): HttpCall {
  const { workflowApi, idempotentApi } = target.outputs;
  const urls = {
    task: `${workflowApi}tasks`,
    composite: `${workflowApi}compositeWorkflows`,
    idempotent: `${idempotentApi}workflow`,
  };
  // A structured-field string. The idempotent workflow has a name of its own instead.
  const headers = pattern === 'idempotent' ? {} : { 'idempotency-key': `"${key}"` };
  return { method: 'POST', url: urls[pattern], body, headers };
}

async function startLambda(body: unknown, key: string, target: Target, sfn: SFNClient): Promise<StartResult> {
  const started = await sfn.send(
    new StartExecutionCommand({
      stateMachineArn: target.outputs.lambdaStateMachine,
      name: key,
      input: JSON.stringify(body),
    }),
  );
  const execution = keyOf(started.executionArn ?? '');
  const text = JSON.stringify({ executionArn: started.executionArn, startDate: started.startDate });
  return { status: 200, body: text, ...(execution === undefined ? {} : { execution }) };
}

/** The execution that an API's answer names. */
function executionOf(pattern: Pattern, text: string, target: Target): ExecutionKey | undefined {
  const answer = JSON.parse(text) as { id?: string; taskId?: string; executionArn?: string };
  if (answer.executionArn !== undefined) {
    return keyOf(answer.executionArn);
  }
  const { workflowStateMachine, compositeStateMachine } = target.outputs;
  const arn = pattern === 'composite' ? compositeStateMachine : workflowStateMachine;
  const name = answer.taskId ?? answer.id;
  const stateMachine = arn?.split(':').at(-1);
  return name === undefined || stateMachine === undefined ? undefined : { stateMachine, name };
}
