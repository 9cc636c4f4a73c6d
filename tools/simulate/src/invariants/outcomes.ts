import type { ExecutionEvidence } from '../run/evidence';
import type { Outcome } from '../schedule/schedule';
import { type Subject, textOf } from './subject';

/**
 * A callback that was answered 2xx ends its workflow, and all callbacks that were answered 2xx agree. An execution that
 * an operator stopped, or that was stopped with its composite, has no outcome: there the callback counts after a redrive.
 */
export function checkCallbacksKept({ evidence }: Subject): void {
  for (const execution of evidence.workflows()) {
    const accepted = evidence.accepted(execution.name);
    const [first] = accepted;
    for (const { outcome, wrongToken } of accepted) {
      if (wrongToken) {
        evidence.violate('tokens-secret', `a callback with a wrong resume token was accepted for ${execution.name}`);
      }
      if (first !== undefined && textOf(outcome) !== textOf(first.outcome)) {
        evidence.violate(
          'first-outcome-wins',
          `${execution.name}: both ${textOf(first.outcome)} and ${textOf(outcome)} were answered 2xx`,
        );
      }
    }
    if (first === undefined || (execution.status === 'ABORTED' && wasStopped(evidence, execution))) {
      continue;
    }
    if (!endedAs(execution, first.outcome)) {
      evidence.violate(
        'callback-kept',
        `${execution.name}: ${textOf(first.outcome)} was answered ${first.answer.status}, but the workflow ended ${endOf(execution)}`,
      );
    }
  }
}

/** By an operator, or by the end of the composite around it. */
export function wasStopped({ executions, stopped }: Subject['evidence'], execution: ExecutionEvidence): boolean {
  if (stopped.has(execution.arn)) {
    return true;
  }
  const parentArn = String(JSON.parse(execution.input).AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID);
  const parent = executions.get(parentArn);
  return parent !== undefined && parent.status !== 'RUNNING';
}

export function endedAs(execution: ExecutionEvidence, outcome: Outcome): boolean {
  if (outcome.status === 'succeeded') {
    const expected = { externalServiceOutput: [{ data: outcome.data, status: 'succeeded' }] };
    return execution.status === 'SUCCEEDED' && sameJson(JSON.parse(execution.output ?? 'null'), expected);
  }
  return (
    execution.status === 'FAILED' && execution.error === outcome.error && (execution.cause ?? '') === outcome.cause
  );
}

export function sameJson(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

export const endOf = ({ cause, error, output, status }: ExecutionEvidence): string =>
  [status, error, cause, output]
    .filter((part) => part !== undefined)
    .join(' ')
    .slice(0, 300);
