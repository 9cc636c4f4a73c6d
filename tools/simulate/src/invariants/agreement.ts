import type { ExecutionEvidence } from '../run/evidence';
import type { Outcome } from '../schedule/schedule';
import { endedAs, endOf, sameJson } from './outcomes';
import { type Subject, textOf } from './subject';

const TIMEOUTS = ['States.Timeout', 'States.HeartbeatTimeout'];

/** At the end, every view of a task agrees with its execution. */
export async function checkAgreement(subject: Subject): Promise<void> {
  const { api, evidence } = subject;
  for (const execution of evidence.workflows()) {
    const { name } = execution;
    const workflow = await api.send({ method: 'GET', path: `workflows/${name}` });
    const shown = {
      status: workflow.body.status,
      error: workflow.body.error,
      output: workflow.body.externalServiceOutput,
    };
    const output = execution.output === undefined ? [] : JSON.parse(execution.output).externalServiceOutput;
    if (!sameJson(shown, { status: execution.status, error: execution.error, output })) {
      evidence.violate(
        'contract',
        `GET /workflows/${name} shows ${JSON.stringify(shown)}, but the execution ended ${endOf(execution)}`,
      );
    }
    // The event that closes its record was lost, and no later request could close it.
    if (evidence.lostEvents.has(name)) {
      continue;
    }
    const task = await api.send({ method: 'GET', path: `tasks/${name}` });
    if (recordOf(evidence, name) === undefined && task.status === 404) {
      continue;
    }
    const expected = statusOf(subject, execution);
    if (task.body.status !== expected) {
      evidence.violate(
        'first-outcome-wins',
        `GET /tasks/${name} shows ${String(task.body.status)}, but the execution ended ${endOf(execution)}`,
      );
    }
    if (execution.status === 'SUCCEEDED' && !sameJson([task.body.output], output)) {
      evidence.violate('first-outcome-wins', `GET /tasks/${name} shows a different output than its workflow`);
    }
    if (execution.status === 'FAILED' && task.body.error !== execution.error) {
      evidence.violate(
        'first-outcome-wins',
        `GET /tasks/${name} shows error ${String(task.body.error)}, but the execution ended ${endOf(execution)}`,
      );
    }
  }
}

function statusOf({ evidence }: Subject, execution: ExecutionEvidence): string {
  const { error, name, status } = execution;
  const { deliveredAt, recorded } = recordOf(evidence, name) ?? {};
  // An outcome that has reached its execution stands, even if the execution is stopped on its last steps.
  if (recorded !== undefined && deliveredAt !== undefined) {
    return String(recorded.S);
  }
  // What a callback calls `States.Timeout` is still a failure that the service reported.
  return status === 'FAILED' && recorded === undefined && TIMEOUTS.includes(error ?? '') ? 'TIMED_OUT' : status;
}

const recordOf = (evidence: Subject['evidence'], taskId: string) =>
  evidence.records.tasks.find((item) => item.taskId?.S === taskId);

const OTHER: Outcome = { status: 'failed', error: 'Contradiction', cause: 'sent by the simulation after the run' };

/** Callbacks that come when all is over: the recorded outcome is confirmed, any other refused. */
export async function checkLateCallbacks({ evidence, requests, service }: Subject): Promise<void> {
  for (const execution of evidence.workflows()) {
    const request = requests.get(execution.name);
    const [accepted] = evidence.accepted(execution.name);
    if (request === undefined || evidence.lostEvents.has(execution.name)) {
      continue;
    }
    const contradicting = await service.put(request, OTHER);
    if (![409, 410].includes(contradicting.status)) {
      evidence.violate(
        'first-outcome-wins',
        `${execution.name} has ended, but a new outcome was answered ${contradicting.status}`,
      );
    }
    if (accepted === undefined || !endedAs(execution, accepted.outcome)) {
      continue;
    }
    const repeated = await service.put(request, accepted.outcome);
    if (repeated.status !== 200 || !sameJson(repeated.body, accepted.answer.body)) {
      evidence.violate(
        'contract',
        `${execution.name}: ${textOf(accepted.outcome)} was accepted, but repeating it was answered ${repeated.status}`,
      );
    }
  }
}
