import type { Host, StateMachineProgram, StateMachineType } from '@workflows/states-language';
import type * as members from './members';
import type { Infer } from './shapes';

export type LoggingConfiguration = Infer<typeof members.loggingConfiguration>;
export type TracingConfiguration = Infer<typeof members.tracingConfiguration>;
export type EncryptionConfiguration = Infer<typeof members.encryptionConfiguration>;
export type RoutingConfiguration = Infer<typeof members.routingConfiguration>;

/** What an update replaces: a definition compiled once, with all that its executions share. */
export interface Revision {
  /** `INITIAL` until the first update. */
  readonly id: string;
  readonly definition: string;
  readonly program: StateMachineProgram;
  readonly roleArn: string;
  readonly loggingConfiguration: LoggingConfiguration;
  readonly tracingConfiguration: TracingConfiguration;
  readonly encryptionConfiguration: EncryptionConfiguration;
  /** Epoch milliseconds. */
  readonly updatedMs: number;
  readonly host: Host;
}

export interface Version {
  readonly number: number;
  readonly arn: string;
  readonly revision: Revision;
  readonly description: string | undefined;
  readonly createdMs: number;
}

export interface Alias {
  readonly name: string;
  readonly arn: string;
  description: string | undefined;
  routing: RoutingConfiguration;
  readonly createdMs: number;
  updatedMs: number;
}

export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly type: StateMachineType;
  readonly createdMs: number;
  status: 'ACTIVE' | 'DELETING';
  revision: Revision;
  readonly versions: Map<number, Version>;
  lastVersion: number;
  readonly aliases: Map<string, Alias>;
  readonly tags: Map<string, string>;
  running: number;
  /** The version and its description that creation published: part of what makes a repeated creation equal. */
  readonly publishedAtCreation: { readonly description: string | undefined } | undefined;
}

/** What the child executions of a Map Run have in common. */
export interface MapRunChildren {
  readonly arn: string;
  readonly label: string;
  readonly program: StateMachineProgram;
  /** Of the Map state: `…:stateMachine:name/label`. */
  readonly stateMachineArn: string;
}

/** What is to run: a state machine as it stands, one of its versions, or what an alias chose. */
export interface ExecutionTarget {
  readonly machine: StateMachine;
  readonly revision: Revision;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  /** For child executions of a Map Run. */
  readonly mapRun?: MapRunChildren;
}
