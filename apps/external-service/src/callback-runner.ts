import type { CallbackKind, CallbackStep } from './callback-plan';
import { CALLBACK_TIMEOUT_MS, FIRST_RETRY_DELAY_MS, MAX_RETRY_DELAY_MS } from './constants';

export interface CallbackRunnerOptions {
  readonly fetch: typeof fetch;
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => number;
  /** For how long each step is repeated after server errors and network faults. */
  readonly retryForMs: number;
  /** Told about each step when it has been answered, or given up. */
  readonly onResult: (result: CallbackResult) => void;
}

/** How one step ended. */
export interface CallbackResult {
  readonly kind: CallbackKind;
  /** The last status; 0 when the API could not be reached. */
  readonly status: number;
  readonly tries: number;
}

/**
 * Sends the planned callbacks, one after the other. What the API refuses (4xx) is not repeated; what it could not do
 * (5xx), or did not answer, is: with a pause that doubles, for as long as the options say.
 *
 * @returns whether every step got an answer below 500
 */
export async function runCallbacks(steps: readonly CallbackStep[], options: CallbackRunnerOptions): Promise<boolean> {
  let answered = true;
  for (const step of steps) {
    await options.sleep(step.afterMs);
    const result = await sendUntilAnswered(step, options);
    options.onResult(result);
    answered &&= isAnswer(result.status);
  }
  return answered;
}

const isAnswer = (status: number): boolean => status >= 200 && status < 500;

async function sendUntilAnswered(step: CallbackStep, options: CallbackRunnerOptions): Promise<CallbackResult> {
  const giveUpMs = options.now() + options.retryForMs;
  for (let tries = 1, delayMs = FIRST_RETRY_DELAY_MS; ; tries++, delayMs = Math.min(delayMs * 2, MAX_RETRY_DELAY_MS)) {
    const status = await send(step, options.fetch);
    if (isAnswer(status) || options.now() + delayMs > giveUpMs) {
      return { kind: step.kind, status, tries };
    }
    await options.sleep(delayMs);
  }
}

async function send({ method, url, body }: CallbackStep, fetchLike: typeof fetch): Promise<number> {
  try {
    const response = await fetchLike(url, {
      method,
      // Following one would carry the resume token to wherever the answer points.
      redirect: 'manual',
      signal: AbortSignal.timeout(CALLBACK_TIMEOUT_MS),
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
