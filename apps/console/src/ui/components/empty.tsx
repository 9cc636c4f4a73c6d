import type { ComponentChildren } from 'preact';

/** What stands where there is nothing to show: why, and what to do. */
export function Empty({ heading, children }: { readonly heading: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-heading">{heading}</p>
      <p>{children}</p>
    </div>
  );
}
