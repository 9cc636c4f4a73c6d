import { now } from '../lib/clock';
import { ago, duration, instant, ticking } from '../lib/format';

/** How long ago, ticking; the exact time as a tooltip. */
export function Ago({ at }: { readonly at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={instant(at)}>
      {ago(now.value - at)}
    </time>
  );
}

/** How long it takes or took. */
export function Lasting({ from, to }: { readonly from: number; readonly to: number | undefined }) {
  const text = to === undefined ? ticking(Math.max(now.value, from) - from) : duration(to - from);
  return <span class="num">{text}</span>;
}

/** How long until then, counting down. */
export function Countdown({ at }: { readonly at: number }) {
  const left = at - now.value;
  return (
    <time class="num" dateTime={new Date(at).toISOString()} title={instant(at)}>
      {left > 0 ? `in ${ticking(left)}` : 'due now'}
    </time>
  );
}
