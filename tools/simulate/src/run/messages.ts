import type { Channel } from '../schedule/faults';
import type { World } from '../world/world';

/** How long a sender waits for an answer: API Gateway gives up after 30 s. */
const ANSWER_TIMEOUT_MS = 30_000;

/**
 * Delivers a message, or applies the fault that the schedule has for it.
 *
 * @returns the answer, or `undefined` when the sender received none
 */
export async function pass<T>(world: World, channel: Channel, deliver: () => Promise<T>): Promise<T | undefined> {
  const { clock, faults, timeline } = world;
  const fault = faults.next(channel);
  if (fault === undefined) {
    return deliver();
  }
  faults.count(`${channel} ${fault.kind}`);
  timeline.add(clock.now(), 'fault', `${channel}: ${fault.kind} ${fault.ms} ms`);
  switch (fault.kind) {
    case 'drop':
      await clock.sleep(ANSWER_TIMEOUT_MS);
      return undefined;
    case 'drop-answer':
      await deliver();
      await clock.sleep(ANSWER_TIMEOUT_MS);
      return undefined;
    case 'duplicate':
      clock.schedule(clock.now() + fault.ms, () => void deliver());
      return deliver();
    default:
      return Promise.race([
        clock.sleep(fault.ms).then(deliver),
        clock.sleep(ANSWER_TIMEOUT_MS).then((): undefined => undefined),
      ]);
  }
}
