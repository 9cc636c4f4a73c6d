import { signal } from '@preact/signals';

const KEY = 'workflows-console-theme';
export type Theme = 'system' | 'light' | 'dark';

/** The chosen theme; `system` follows the operating system. */
export const theme = signal<Theme>('system');

export function followSystem(): void {
  const stored = localStorage.getItem(KEY);
  choose(stored === 'light' || stored === 'dark' ? stored : 'system');
}

export function choose(chosen: Theme): void {
  theme.value = chosen;
  localStorage.setItem(KEY, chosen);
  document.documentElement.dataset.theme = chosen;
}
