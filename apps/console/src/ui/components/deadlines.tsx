import type { Wait } from '../../wire/types';
import { now } from '../lib/clock';
import { duration } from '../lib/format';
import { Countdown } from './time';

/** Countdowns to the end of a wait: its timeout, its heartbeat, or the time at which it continues. */
export function Deadlines({ wait }: { readonly wait: Wait }) {
  const limits = [
    { label: 'Timeout', at: wait.timeoutAt, from: wait.since },
    {
      label: `Heartbeat (every ${duration((wait.heartbeatSeconds ?? 0) * 1000)})`,
      at: wait.heartbeatAt,
      from: heartbeatFrom(wait),
    },
    { label: 'Continues', at: wait.until, from: wait.since },
  ];
  const known = limits.filter((limit) => limit.at !== undefined);
  if (known.length === 0) {
    return <p class="quiet">The task has no timeout. It can wait for up to a year.</p>;
  }
  return (
    <dl class="deadlines">
      {known.map(({ label, at = 0, from }) => (
        <div key={label} class={at - now.value < 10_000 ? 'soon' : undefined}>
          <dt>{label}</dt>
          <dd>
            <Countdown at={at} />
            <span class="meter" aria-hidden="true">
              <span style={{ width: `${100 * left(from, at)}%` }} />
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const heartbeatFrom = (wait: Wait) => (wait.heartbeatAt ?? 0) - (wait.heartbeatSeconds ?? 0) * 1000;

/** The part of a wait that is left, from 1 to 0. */
const left = (from: number, at: number) => Math.min(1, Math.max(0, (at - now.value) / Math.max(1, at - from)));
