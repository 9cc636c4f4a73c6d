/**
 * What the console wants to hear from a runtime in the same process: its event emitter. Payloads are left to the API,
 * where they are read and redacted. Where nobody can tell it (an AWS account, another process), the console asks at
 * intervals instead.
 */
export interface RuntimeEvents {
  readonly on: Listening;
  readonly off: Listening;
}

interface Listening {
  (name: 'history', listener: (notice: RuntimeNotices['history']) => void): unknown;
  (name: 'status', listener: (notice: RuntimeNotices['status']) => void): unknown;
  (name: 'request', listener: (notice: RuntimeNotices['request']) => void): unknown;
}

/** Times are epoch milliseconds. */
export interface RuntimeNotices {
  /** An execution has a new event. */
  readonly history: { readonly executionArn: string; readonly event: { readonly id: number } };
  /** An execution began, was redriven, or ended. */
  readonly status: {
    readonly executionArn: string;
    readonly stateMachineArn: string;
    readonly name: string;
    readonly status: string;
    readonly startDateMs: number;
    readonly stopDateMs?: number;
  };
  /** An HTTP API answered. A heartbeat leaves no history event, so this is the only sign of it. */
  readonly request: { readonly method: string; readonly path: string; readonly status: number };
}
