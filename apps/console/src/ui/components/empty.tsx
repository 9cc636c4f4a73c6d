import type { ComponentChildren } from 'preact';

/** Placeholder for an empty view: why it is empty, and what to do. */
export function Empty({ heading, children }: { readonly heading: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-heading">{heading}</p>
      <p>{children}</p>
    </div>
  );
}
