import type { Look } from '../lib/status';

/** A status as a word with its sign and colour. */
export function Status({ look, small = false }: { readonly look: Look; readonly small?: boolean }) {
  return (
    <span class={`status tone-${look.tone} ${small ? 'status-small' : ''}`}>
      <span class="sign" aria-hidden="true">
        {look.sign}
      </span>
      {look.word}
    </span>
  );
}
