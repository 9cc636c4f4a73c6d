import type { ExecutionsPage } from '../../../wire/types';
import { number } from '../../lib/format';

/** Which page this is, and the ways to the others. */
export function Pager({ page, go }: { readonly page: ExecutionsPage; readonly go: (page: number) => void }) {
  const { page: at, pages, matched, loading } = page;
  return (
    <nav class="pager" aria-label="Pages">
      <span class="quiet">
        {number(matched)} {matched === 1 ? 'execution' : 'executions'}
        {loading ? ', loading older ones…' : ''}
      </span>
      {pages > 1 ? (
        <span class="pager-buttons">
          <button type="button" disabled={at === 1} onClick={() => go(1)} aria-label="First page">
            «
          </button>
          <button type="button" disabled={at === 1} onClick={() => go(at - 1)}>
            Newer
          </button>
          <span class="num">
            {number(at)} of {number(pages)}
          </span>
          <button type="button" disabled={at === pages} onClick={() => go(at + 1)}>
            Older
          </button>
          <button type="button" disabled={at === pages} onClick={() => go(pages)} aria-label="Last page">
            »
          </button>
        </span>
      ) : null}
    </nav>
  );
}
