import { useEffect } from 'preact/hooks';

/** The page's heading, which also names the window. */
export function Title({ text, hidden = false }: { readonly text: string; readonly hidden?: boolean }) {
  useEffect(() => {
    document.title = `${text} · Workflows console`;
  }, [text]);
  return <h1 class={hidden ? 'unseen' : undefined}>{text}</h1>;
}
