/**
 * What the console wants to hear from a runtime in the same process. Without payloads: those it reads through the API.
 * Where nobody can tell it (an AWS account, another process), it asks at intervals instead.
 */
export interface RuntimeEvents {
  /** @returns a function that ends the subscription */
  subscribe(listener: (event: RuntimeEvent) => void): () => void;
}

/** Times are epoch milliseconds. */
export type RuntimeEvent =
  | {
      readonly type: 'history';
      readonly executionArn: string;
      readonly event: { readonly id: number; readonly type: string; readonly timestamp: number };
    }
  | {
      /** An execution began, was redriven, or ended. */
      readonly type: 'status';
      readonly executionArn: string;
      readonly stateMachineArn: string;
      readonly name: string;
      readonly status: string;
      readonly startDate: number;
      readonly stopDate?: number;
    }
  | {
      /** A heartbeat reached the execution. It leaves no history event, so nobody else can tell. */
      readonly type: 'heartbeat';
      readonly executionArn: string;
      readonly timestamp: number;
    };
