import type { Channel } from '../schedule/faults';
import type { World } from '../world/world';

/** How long anybody waits for an answer: API Gateway gives up after 30 s. */
const PATIENCE_MS = 30_000;

/**
 * Passes a message on, or does with it what the schedule says.
 *
 * @returns the answer, or `undefined` when the sender heard none
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
      await clock.sleep(PATIENCE_MS);
      return undefined;
    case 'drop-answer':
      await deliver();
      await clock.sleep(PATIENCE_MS);
      return undefined;
    case 'duplicate':
      clock.schedule(clock.now() + fault.ms, () => void deliver());
      return deliver();
    default:
      return Promise.race([
        clock.sleep(fault.ms).then(deliver),
        clock.sleep(PATIENCE_MS).then((): undefined => undefined),
      ]);
  }
}
