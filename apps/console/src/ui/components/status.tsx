import type { Look } from '../lib/status';
import { Sign } from './sign';

/** A status as a word with its sign and colour. */
export function Status({ look, small = false }: { readonly look: Look; readonly small?: boolean }) {
  return (
    <span class={`status tone-${look.tone} ${small ? 'status-small' : ''}`}>
      <Sign tone={look.tone} />
      {look.word}
    </span>
  );
}
