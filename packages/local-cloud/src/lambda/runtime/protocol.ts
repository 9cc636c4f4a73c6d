/** What passes between the function host and the worker thread that runs a function. Both sides of one protocol. */

/** Handed to the worker when it starts. */
export interface EnvironmentData {
  /** Folder with the unpacked code. */
  readonly taskRoot: string;
  /** `index.handler` */
  readonly handler: string;
}

/** Host to worker: run the handler once. */
export interface InvocationRequest {
  /** JSON in Base64. */
  readonly clientContext?: string;
  readonly requestId: string;
  /** JSON text of the event. */
  readonly payload: string;
  readonly deadlineMs: number;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memorySizeMb: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly traceId: string;
}

/** How Lambda reports a function's error. */
export interface ErrorDocument {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Worker to host. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failed'; readonly error: ErrorDocument }
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'returned'; readonly requestId: string; readonly payload: string }
  | { readonly kind: 'threw'; readonly requestId: string; readonly error: ErrorDocument }
  /** An error that nobody caught: the environment is about to exit. */
  | { readonly kind: 'crashed'; readonly error: ErrorDocument };
