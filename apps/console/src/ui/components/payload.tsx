import { pretty } from '../lib/format';

/** A payload under its name; JSON is laid out. Scrolls by keyboard too. */
export function Payload({ label, text }: { readonly label: string; readonly text: string | undefined }) {
  if (text === undefined) {
    return null;
  }
  return (
    <figure class="payload">
      <figcaption>{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{pretty(text)}</pre>
    </figure>
  );
}
