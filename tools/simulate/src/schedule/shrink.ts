import type { Plan, Schedule, ServicePlan } from './schedule';

/** Runs a schedule; true when it still fails in the same way. */
export type StillFails = (schedule: Schedule) => Promise<boolean>;

/**
 * Leaves out of a schedule what its failure does not need: plans, faults, outages, then parts of plans, until nothing
 * more can go or `maxTries` schedules were tried.
 */
export async function shrink(schedule: Schedule, stillFails: StillFails, maxTries = 300): Promise<Schedule> {
  let smallest = schedule;
  let tries = 0;
  for (let progress = true; progress; ) {
    progress = false;
    for (const smaller of reductions(smallest)) {
      if (tries++ >= maxTries) {
        return smallest;
      }
      if (await stillFails(smaller)) {
        smallest = smaller;
        progress = true;
        break;
      }
    }
  }
  return smallest;
}

/** Every schedule that is smaller by one thing; the largest things first. */
function* reductions(schedule: Schedule): Generator<Schedule> {
  if (schedule.plans.length > 1) {
    for (const plans of without(schedule.plans)) {
      yield { ...schedule, plans };
    }
  }
  if (schedule.faults.length > 2) {
    const half = Math.ceil(schedule.faults.length / 2);
    yield { ...schedule, faults: schedule.faults.slice(half) };
    yield { ...schedule, faults: schedule.faults.slice(0, half) };
  }
  for (const outages of without(schedule.outages)) {
    yield { ...schedule, outages };
  }
  for (const faults of without(schedule.faults)) {
    yield { ...schedule, faults };
  }
  for (const [index, plan] of schedule.plans.entries()) {
    for (const smaller of planReductions(plan)) {
      yield { ...schedule, plans: schedule.plans.with(index, smaller) };
    }
  }
}

function* planReductions(plan: Plan): Generator<Plan> {
  for (const operations of without(plan.operations)) {
    yield { ...plan, operations };
  }
  for (const looksAtMs of without(plan.looksAtMs)) {
    yield { ...plan, looksAtMs };
  }
  if (plan.starts.length > 1) {
    for (const starts of without(plan.starts)) {
      yield { ...plan, starts };
    }
  }
  if (plan.kind === 'task') {
    for (const service of serviceReductions(plan.service)) {
      yield { ...plan, service };
    }
  }
  if (plan.kind !== 'composite') {
    return;
  }
  if (plan.services.length > 1) {
    for (const services of without(plan.services)) {
      yield { ...plan, services };
    }
  }
  for (const [index, service] of plan.services.entries()) {
    for (const smaller of serviceReductions(service)) {
      yield { ...plan, services: plan.services.with(index, smaller) };
    }
  }
}

function* serviceReductions({ heartbeats, ...plan }: ServicePlan): Generator<ServicePlan> {
  if (heartbeats !== undefined) {
    yield plan;
  }
  const kept = heartbeats === undefined ? {} : { heartbeats };
  for (const callbacks of without(plan.callbacks)) {
    yield { ...plan, ...kept, callbacks };
  }
  for (const answers of without(plan.answers)) {
    yield { ...plan, ...kept, answers };
  }
}

function* without<T>(items: readonly T[]): Generator<T[]> {
  for (let index = 0; index < items.length; index++) {
    yield items.toSpliced(index, 1);
  }
}
