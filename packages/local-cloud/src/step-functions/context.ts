import type { Host, TaskResource } from '@workflows/states-language';
import type { Authorizer, AwsRequest, Principal, RuntimeClock } from '../contracts';
import type { ActivityStore } from './activities';
import type { Location } from './arns';
import type { ExecutionRegistry } from './execution-registry';
import type { MapRunStore } from './map-runs/map-run-store';
import type { MockConfiguration } from './mocks';
import type { Field } from './shapes';
import type { StateMachineStore } from './store';
import type { TaskTokenMint } from './task-tokens';

/** What the operations of the service work on. */
export interface ServiceContext {
  readonly at: Location;
  readonly clock: RuntimeClock;
  readonly authorizer: Authorizer;
  readonly machines: StateMachineStore;
  readonly executions: ExecutionRegistry;
  readonly activities: ActivityStore;
  /** How long a worker waits for a task, in real milliseconds. */
  readonly activityPollMs: number;
  readonly mapRuns: MapRunStore;
  readonly tokens: TaskTokenMint;
  readonly random: () => number;
  readonly integrations: SupportedIntegrations;
  /** What test cases replace. @default - nothing, and no test case can be chosen */
  readonly mocks: MockConfiguration | undefined;
  /** The host of executions that act as this role. */
  hostFor(roleArn: string): Host;
}

/** What Task states are carried out with. */
export interface SupportedIntegrations {
  /** `undefined` where nothing carries the resource out. */
  find(resource: TaskResource): { readonly managedRule?: string } | undefined;
  /** Says that nothing carries the resource out, what is supported, and what to do. */
  refusal(resourceArn: string): string;
}

/** Who waits for the answer to a request, over the wire. */
export type Client = Pick<AwsRequest, 'onDisconnect'>;

/** One operation of the API. `run` is given a request that has passed `request`'s checks. */
export interface Operation<I, O> {
  readonly request: Field<I>;
  /** What the caller must be allowed to work on, by the action of the operation's name. @default - `run` asks itself */
  readonly resource?: (request: I) => string;
  run(context: ServiceContext, request: I, caller: Principal | undefined, client?: Client): O | Promise<O>;
}

/** Ties an operation's `run` to the type of its request. */
export function operation<I, O>(definition: Operation<I, O>): Operation<I, O> {
  return definition;
}

/** Instants on the wire are epoch seconds. */
export const seconds = (epochMs: number): number => epochMs / 1000;
