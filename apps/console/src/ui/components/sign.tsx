import type { Look } from '../lib/status';

/** Rendered as SVG: not every system font has these characters. */
const PATHS: Readonly<Record<Look['tone'], string>> = {
  run: 'M3.2 6a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0',
  wait: 'M3 1.5h6M3 10.5h6M3.7 1.5v1.8L6 6l2.3-2.7V1.5M3.7 10.5V8.7L6 6l2.3 2.7v1.8',
  ok: 'M2 6.5 4.8 9.2 10 3',
  bad: 'M2.8 2.8 9.2 9.2M9.2 2.8 2.8 9.2',
  late: 'M1.5 6a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M6 3.3V6l1.8 1.3',
  mend: 'M10 6a4 4 0 1 1-1.2-2.8M9.2 1v2.5H6.7',
  off: 'M3.2 3.2h5.6v5.6H3.2z',
};

/** The sign of a status. */
export function Sign({ tone }: { readonly tone: Look['tone'] }) {
  return (
    <svg class={`sign sign-${tone}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
      <path d={PATHS[tone]} />
    </svg>
  );
}
