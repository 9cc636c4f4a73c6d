import type { StackOutputs } from '@workflows/contract';
import type { StaticCredentials } from '@workflows/inspector';
import type { RuntimeEvents } from './events';

/** How the console is served, whatever it shows. */
export interface ServeOptions {
  /** Live events of a runtime in the same process. @default – the server asks the AWS endpoint at intervals, while a window is open */
  readonly events?: RuntimeEvents;
  /** Port on the loopback interface. @default any free port */
  readonly port?: number;
  /** A person is the external service: the inbox is the first thing to look at. @default false */
  readonly manual?: boolean;
  /** Base URL of the mock external service's Node app, whose `GET /requests` fills the inbox. @default – no inbox */
  readonly externalServiceUrl?: string;
  /** Lets the console answer tasks in the external service's name. @default true with an AWS endpoint, false on AWS */
  readonly allowAnswers?: boolean;
  /** Shows every state machine of the account. @default true with an AWS endpoint; on AWS those of the outputs, when they name some */
  readonly allStateMachines?: boolean;
  /** Pause between two looks at the target, where there are no live events. @default 1000 with an AWS endpoint, 5000 on AWS */
  readonly pollIntervalMs?: number;
  /** The newest executions of each state machine that are kept in sight. @default 10000 */
  readonly executionLimit?: number;
}

/** What to show, and how. */
export interface ConsoleOptions extends ServeOptions {
  /** URL of the AWS endpoint. @default – the real AWS */
  readonly awsEndpoint?: string;
  /** @default the region in the outputs' ARNs, else us-east-1 */
  readonly region?: string;
  /** @default the SDK's own chain: environment, profile, role */
  readonly credentials?: StaticCredentials;
  /** As `cdktf deploy --outputs-file` writes them. */
  readonly outputs: StackOutputs;
}

export interface Console {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  /** Ends all connections and frees the port. */
  close(): Promise<void>;
}

/** The port cannot be listened on. */
export class ConsolePortError extends Error {
  override readonly name = 'ConsolePortError';
}
