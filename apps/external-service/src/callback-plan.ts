import { MAX_ECHO_BYTES } from './constants';
import type { MockSettings } from './mock-settings';
import type { TaskRequest } from './task-request';

/** What one request to the API is for. */
export type CallbackKind = 'heartbeat' | 'wrongToken' | 'outcome' | 'duplicate' | 'conflicting';

/** One request to the API that takes the callback. */
export interface CallbackStep {
  readonly kind: CallbackKind;
  /** Pause after the step before, in milliseconds. */
  readonly afterMs: number;
  readonly method: 'PUT' | 'POST';
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The error that a failing task reports. */
const MOCK_FAILURE = { error: 'MockFailure', cause: 'The mock external service was asked to fail.' } as const;

/**
 * Everything the service sends for a task, in order and in time:
 *
 * ```
 *  accepted                                    delayMs
 *     │      heartbeat     heartbeat              │
 *     ├──────────┼─────────────┼──────────────────┤ wrong token, outcome, duplicates…, conflicting
 * ```
 *
 * Heartbeats divide the delay evenly. All of the rest follows at its end, each step when the one before was answered.
 */
export function planCallbacks(request: TaskRequest, mock: MockSettings): CallbackStep[] {
  const { heartbeats = 0, delayMs, outcome } = mock;
  const pauseMs = Math.floor(delayMs / (heartbeats + 1));
  const beats = Array.from({ length: heartbeats }, () => heartbeat(request, pauseMs));
  const lastPauseMs = delayMs - pauseMs * heartbeats;
  const end = [
    ...(mock.wrongToken === true ? [wrongToken(request, mock)] : []),
    ...(outcome === 'silent' ? [] : outcomeSteps(request, mock)),
  ];
  return [...beats, ...end.map((step, index) => ({ ...step, afterMs: index === 0 ? lastPauseMs : 0 }))];
}

const heartbeat = ({ callbackUrl, resumeToken }: TaskRequest, afterMs: number): CallbackStep => ({
  kind: 'heartbeat',
  afterMs,
  method: 'POST',
  url: `${callbackUrl}/heartbeat`,
  body: { resumeToken },
});

function outcomeSteps(request: TaskRequest, mock: MockSettings): CallbackStep[] {
  const body = outcomeBody(request, mock);
  const opposite = mock.outcome === 'fail' ? success(request, mock) : MOCK_FAILED;
  return [
    put(request, 'outcome', body),
    ...Array.from({ length: mock.duplicates ?? 0 }, () => put(request, 'duplicate', body)),
    ...(mock.conflicting === true ? [put(request, 'conflicting', opposite)] : []),
  ];
}

const MOCK_FAILED = { status: 'failed', ...MOCK_FAILURE };

const outcomeBody = (request: TaskRequest, mock: MockSettings): Readonly<Record<string, unknown>> =>
  mock.outcome === 'fail' ? MOCK_FAILED : success(request, mock);

const success = ({ payload }: TaskRequest, mock: MockSettings): Readonly<Record<string, unknown>> => ({
  status: 'succeeded',
  data: Object.hasOwn(mock, 'data') ? mock.data : defaultData(payload),
});

/** `{echo: payload}`, so that the result shows which request it belongs to. */
function defaultData(payload: unknown): Readonly<Record<string, unknown>> {
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  return bytes > MAX_ECHO_BYTES ? { echoOmittedBytes: bytes } : { echo: payload };
}

/** A callback without the valid token, which must be rejected. */
const wrongToken = (request: TaskRequest, mock: MockSettings): CallbackStep =>
  put({ ...request, resumeToken: 'not-the-resume-token' }, 'wrongToken', outcomeBody(request, mock));

const put = (
  { id, resumeToken, callbackUrl }: TaskRequest,
  kind: CallbackKind,
  body: Readonly<Record<string, unknown>>,
): CallbackStep => ({ kind, afterMs: 0, method: 'PUT', url: callbackUrl, body: { id, resumeToken, ...body } });
