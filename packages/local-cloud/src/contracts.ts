/**
 * What the services of the embedded runtime offer to each other. Each service lives in a folder of its own and knows
 * the others only through these.
 */
import type { CancelTimer, Clock, JsonValue } from '@workflows/states-language';

/** Time for the whole runtime. Work that runs in real time (a function in a worker) is tracked, so that virtual time stands still meanwhile. */
export interface RuntimeClock extends Clock {
  /** Keeps virtual time from advancing until `work` settles; returns `work`. */
  track<T>(work: Promise<T>): Promise<T>;
  /** For tracked work that itself waits for time to pass: virtual time may advance until `wait` settles; returns `wait`. */
  whileWaiting<T>(wait: Promise<T>): Promise<T>;
}

/** A clock that also runs what recurs. */
export interface RecurringClock extends RuntimeClock {
  /**
   * Calls `callback` each time that so many milliseconds have passed, counted from now. In virtual time, what recurs is
   * no reason for time to pass, and of the turns that one jump skips only the last is run.
   */
  every(intervalMs: number, callback: () => void): CancelTimer;
}

/** Who makes a call: the role behind the access key that signed it. Absent for callers from outside, which may do everything. */
export interface Principal {
  readonly roleArn: string;
  /** Who uses the role: a function's name, or an execution's. Shown in errors only. */
  readonly sessionName?: string;
}

/** Decides whether a principal may act. Allows everything where no stack is loaded. */
export interface Authorizer {
  /** @throws {AccessDeniedError} naming principal, action and resource, worded as AWS words it. */
  authorize(principal: Principal | undefined, action: string, resourceArn: string): void;
  /** The principal behind an access key id, when it is one that the runtime gave to a function. */
  principalOf(accessKeyId: string): Principal | undefined;
  /** Services may do with functions and queues what no resource policy allows them: where no stack is loaded. */
  readonly openToServices?: boolean;
}

/** An AWS service that acts by itself, and the resource it does so for. */
export interface ServiceCaller {
  /** `sns.amazonaws.com` */
  readonly service: string;
  readonly sourceArn: string;
}

/** A request to an AWS API, as it came over the wire. */
export interface AwsRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly principal: Principal | undefined;
  /** Calls back when the client has hung up before it was answered. Returns what withdraws the callback. @default - not known */
  readonly onDisconnect?: (listener: () => void) => () => void;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A service behind the AWS endpoint. */
export interface AwsService {
  /** True if this service speaks for the request (by `X-Amz-Target` or by path). */
  serves(request: AwsRequest): boolean;
  handle(request: AwsRequest): Promise<AwsResponse>;
  close(): Promise<void>;
}

/** A service that others of the runtime call without a request over the wire. */
export interface InProcessService extends AwsService {
  readonly id: 'sqs' | 'sns' | 'eventbridge';
  /**
   * Carries out an operation of the service's API.
   * @throws {AwsError} as the service answers
   */
  call(operation: string, input: JsonValue, principal: Principal | undefined): Promise<Record<string, JsonValue>>;
}

/** An error that AWS answers with a code of its own. */
export class AwsError extends Error {
  override readonly name: string = 'AwsError';
  constructor(
    /** AWS's error code, for instance `ResourceNotFoundException`. */
    readonly code: string,
    message: string,
    readonly status: number = 400,
  ) {
    super(message);
  }
}

export interface InvokeResult {
  /** JSON text the function returned, or its error document. */
  readonly payload: string;
  /** `Unhandled` when the function threw, timed out or exited. */
  readonly functionError?: 'Unhandled';
  /** The last 4 KiB of the log, where it is known. */
  readonly logTail?: string;
}

export interface InvokeOptions {
  readonly invocationType: 'RequestResponse' | 'Event';
  readonly principal: Principal | undefined;
  /** JSON in Base64, which a function that is waited for finds in its context. */
  readonly clientContext?: string;
}

/** Invokes Lambda functions; used by Step Functions, by the HTTP APIs and by the Lambda API itself. */
export interface FunctionInvoker {
  /**
   * @param functionName name or ARN, qualified or not
   * @param payload JSON text
   * @throws {AwsError} `ResourceNotFoundException`, `TooManyRequestsException`, `RequestTooLargeException`, …
   */
  invoke(functionName: string, payload: string, options: InvokeOptions): Promise<InvokeResult>;
}
