/** Everything that says how a function runs. Limits and defaults are Lambda's. */
export interface FunctionConfiguration {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly region: string;
  /** `nodejs22.x` and the like. Functions run on the Node.js that runs the runtime, whatever is named here. */
  readonly runtime: string;
  readonly handler: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  /** Bounds the heap of each environment. */
  readonly memorySizeMb: number;
  readonly architectures: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly tracingMode: 'Active' | 'PassThrough';
  /** Invocations at one time; without it, as many as the account has. */
  readonly reservedConcurrency?: number;
}

/** What becomes of asynchronous invocations that fail. */
export interface AsynchronousConfiguration {
  /** 0…2 */
  readonly maximumRetryAttempts: number;
  /** 60…21600 */
  readonly maximumEventAgeSeconds: number;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const DEFAULT_ASYNCHRONOUS: AsynchronousConfiguration = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 21_600,
};

/** The Node.js runtimes that AWS accepts for new functions or still runs. */
export const NODE_RUNTIMES = ['nodejs18.x', 'nodejs20.x', 'nodejs22.x', 'nodejs24.x'] as const;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LIMITS = {
  synchronousPayloadBytes: 6 * 1024 * 1024,
  asynchronousPayloadBytes: 1024 * 1024,
  /** 6 MiB and a little: the figure that Lambda's error names. */
  responseBytes: 6_291_556,
  timeoutSeconds: 900,
  memorySizeMb: 10_240,
} as const;
