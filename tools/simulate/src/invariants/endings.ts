import { endOf, wasStopped } from './outcomes';
import type { Subject } from './subject';

/** The errors in which a workflow may end when no callback decided otherwise. */
const NAMED_ERRORS = [
  'States.Timeout',
  'States.HeartbeatTimeout',
  'ExternalServiceRejected',
  'ExternalServiceUnavailableError',
  'DependencyUnavailableError',
  'Lambda.AWSLambdaException',
  'Lambda.ServiceException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Runtime.ExitError',
  'Sandbox.Timedout',
];

export function checkEndings({ clients, evidence, schedule }: Subject): void {
  const said = clients.flatMap((client) =>
    client
      .servicePlans()
      .flatMap(([, { callbacks }]) =>
        callbacks.flatMap(({ outcome }) => (outcome.status === 'failed' ? [outcome.error] : [])),
      ),
  );
  const executions = [...evidence.executions.values()];
  for (const execution of executions) {
    const { error, name, status } = execution;
    if (status === 'RUNNING') {
      evidence.violate('always-ends', `${name} is still running`);
    }
    if (
      status === 'FAILED' &&
      !(
        NAMED_ERRORS.includes(error ?? '') ||
        said.includes(error ?? '') ||
        (evidence.stopped.size > 0 && error === 'States.TaskFailed')
      )
    ) {
      evidence.violate('always-ends', `${name} ended with an undocumented error: ${endOf(execution)}`);
    }
    if (status === 'ABORTED' && !wasStopped(evidence, execution)) {
      evidence.violate('always-ends', `${name} was aborted without a request`);
    }
    if (status === 'TIMED_OUT') {
      evidence.violate('always-ends', `${name} timed out as an execution`);
    }
  }
  for (const { answer, plan } of evidence.starts) {
    if (answer.status < 300 && !executions.some((execution) => execution.plan === String(plan))) {
      evidence.violate(
        'contract',
        `a start of plan ${plan} was answered ${answer.status}, but nothing was started (seed ${schedule.seed})`,
      );
    }
  }
}

const DAY_SECONDS = 86_400;

/** AWS keeps an ended execution for 90 days; until then its record must be there. */
export function checkRecordsOutlive({ evidence }: Subject): void {
  const { names, tasks } = evidence.records;
  for (const { name, stopMs = 0 } of evidence.executions.values()) {
    const records = [
      ...tasks.filter((item) => item.taskId?.S === name),
      ...names.filter((item) => item.name?.S === name),
    ];
    for (const record of records) {
      const missing = stopMs / 1000 + 90 * DAY_SECONDS - Number(record.expiresAt?.N ?? 0);
      if (missing > 0) {
        evidence.violate(
          'records-outlive',
          `the record of ${name} expires ${Math.ceil(missing)} s before AWS deletes its execution`,
        );
      }
    }
  }
}

export function checkLogs({ evidence }: Subject): void {
  for (const token of evidence.taskTokens) {
    if (evidence.log.includes(token)) {
      evidence.violate('tokens-secret', 'a task token was logged');
    }
  }
  for (const [taskId, token] of evidence.resumeTokens) {
    if (evidence.log.includes(token)) {
      evidence.violate('tokens-secret', `the resume token of ${taskId} was logged`);
    }
  }
}
