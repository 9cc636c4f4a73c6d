import type { Client } from '../actors/client';
import type { StartEvidence } from '../run/evidence';
import type { NamePlan } from '../schedule/schedule';
import { sameJson } from './outcomes';
import type { Subject } from './subject';

/** Starts under one name or one key are one start, and one of the callers is told that it is new. */
export async function checkStarts(subject: Subject): Promise<void> {
  for (const [index, client] of subject.clients.entries()) {
    const { kind } = subject.schedule.plans[index] ?? {};
    if (kind === 'name') {
      await checkName(subject, index, client);
    } else {
      checkKey(subject, index);
    }
  }
}

/** With one key at most one payload is accepted, and every answer to it names the same id. */
function checkKey({ evidence }: Subject, index: number): void {
  const accepted = evidence.starts.filter(
    ({ answer, plan, start }) => plan === index && start.key !== undefined && answer.status < 300,
  );
  const [first] = accepted;
  for (const { answer, start } of accepted) {
    if (start.variant !== first?.start.variant) {
      evidence.violate('contract', `plan ${index}: two different payloads were accepted with one Idempotency-Key`);
    }
    if (!sameJson(answer.body, first?.answer.body)) {
      evidence.violate('contract', `plan ${index}: one Idempotency-Key received two different responses`);
    }
  }
  const executions = [...evidence.executions.values()].filter(
    ({ machine, plan }) => plan === String(index) && !machine.includes('idempotent'),
  );
  if (accepted.length > 0 && executions.length > 1) {
    evidence.violate('contract', `plan ${index}: one Idempotency-Key started ${executions.length} executions`);
  }
}

async function checkName({ evidence, schedule, world }: Subject, index: number, client: Client): Promise<void> {
  const executions = [...evidence.executions.values()].filter(({ name }) => name === client.name);
  const starts = evidence.starts.filter(({ plan }) => plan === index);
  if (executions.length > 1) {
    evidence.violate('contract', `${client.name} was started ${executions.length} times`);
  }
  const told = new Set(starts.filter(({ answer }) => answer.status === 201).map(callerOf));
  if (told.size > 1) {
    evidence.violate('contract', `${told.size} requests were told that ${client.name} is new`);
  }
  const variants = new Set(starts.filter(({ answer }) => answer.status < 300).map(({ start }) => start.variant));
  if (variants.size > 1) {
    evidence.violate('contract', `two different inputs were accepted for the name ${client.name}`);
  }

  const [variant] = variants;
  if (variant === undefined) {
    return;
  }
  const equal = await client.start({ atMs: 0, variant });
  const nobodyWasTold = told.size === 0;
  if (equal.status !== 200 && !(nobodyWasTold && equal.status === 201)) {
    evidence.violate('contract', `${client.name}: equal input was finally answered ${equal.status}`);
  }
  const everybodyHeard = starts.every(({ answer }) => answer.status < 500);
  if (nobodyWasTold && everybodyHeard && !world.faults.hasHit) {
    evidence.violate('contract', `no request was told that ${client.name} is new`);
  }
  const other = await client.start({ atMs: 0, variant: 1 - variant });
  if (other.status !== 409) {
    evidence.violate('contract', `${client.name}: different input was finally answered ${other.status}`);
  }
  checkShown(evidence, executions[0], equal.body, schedule.plans[index] as NamePlan);
}

function checkShown(
  evidence: Subject['evidence'],
  execution: { readonly status: string; readonly output?: string } | undefined,
  body: Readonly<Record<string, unknown>>,
  plan: NamePlan,
): void {
  if (execution === undefined || body.message === 'New execution') {
    return;
  }
  const output = execution.output === undefined ? undefined : JSON.parse(execution.output);
  if (body.status !== execution.status || !sameJson(body.output, output)) {
    evidence.violate(
      'contract',
      `a repeated start shows ${JSON.stringify(body)}, but its execution is ${execution.status} (delay ${plan.delaySeconds} s)`,
    );
  }
}

/** Requests that share a key are one. */
const callerOf = ({ requestId, start }: StartEvidence): string =>
  start.key === undefined ? requestId : `key ${start.key}`;
