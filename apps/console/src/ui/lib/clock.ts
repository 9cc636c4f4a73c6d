import { signal } from '@preact/signals';

/** The server's time, in epoch milliseconds, ticking. Ages and countdowns follow it. */
export const now = signal(Date.now());

let offsetMs = 0;

/** Sets the clock by an answer of the server. */
export function setClock(serverNow: number): void {
  offsetMs = serverNow - Date.now();
  now.value = serverNow;
}

setInterval(() => {
  now.value = Date.now() + offsetMs;
}, 1000);
