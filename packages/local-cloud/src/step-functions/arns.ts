import { invalidArn } from './errors';

/** Account, region and partition under which the service gives out ARNs. */
export interface Location {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** A state machine ARN taken apart; `qualifier` is a version number or the name of an alias. */
export interface StateMachineReference {
  readonly arn: string;
  /** Without the qualifier. */
  readonly stateMachineArn: string;
  readonly name: string;
  readonly qualifier: string | undefined;
}

export function stateMachineArn(at: Location, name: string): string {
  return `arn:${at.partition}:states:${at.region}:${at.accountId}:stateMachine:${name}`;
}

export function executionArn(at: Location, stateMachineName: string, name: string): string {
  return `arn:${at.partition}:states:${at.region}:${at.accountId}:execution:${stateMachineName}:${name}`;
}

export function activityArn(at: Location, name: string): string {
  return `arn:${at.partition}:states:${at.region}:${at.accountId}:activity:${name}`;
}

/** Executions of EXPRESS state machines are told apart by an id of their own: their names may repeat. */
export function expressExecutionArn(at: Location, stateMachineName: string, name: string, id: string): string {
  return `arn:${at.partition}:states:${at.region}:${at.accountId}:express:${stateMachineName}:${name}:${id}`;
}

/** A distributed Map of a state machine: what its child executions are said to be executions of. */
export function mapStateArn(machineArn: string, label: string): string {
  return `${machineArn}/${label}`;
}

/** The resource part of a Step Functions ARN, split at its colons. */
function statesArnParts(arn: string): string[] {
  const parts = arn.split(':');
  if (parts[0] !== 'arn') {
    throw invalidArn(`Invalid ARN prefix: ${arn}`);
  }
  if (parts.length < 7) {
    throw invalidArn(`Invalid ARN: ${arn}`);
  }
  if (parts[2] !== 'states') {
    throw invalidArn(`Invalid ARN service: ${arn}`);
  }
  return parts.slice(5);
}

/** @throws {AwsError} `InvalidArn` for what is no ARN of Step Functions */
export function checkArn(arn: string): void {
  statesArnParts(arn);
}

function resourceTypeError(type: string | undefined): Error {
  return invalidArn(`Resource type not valid in this context: ${type ?? ''}`);
}

/** @throws {AwsError} `InvalidArn` */
export function parseStateMachineArn(arn: string): StateMachineReference {
  const [type, name, qualifier, ...rest] = statesArnParts(arn);
  if (type !== 'stateMachine') {
    throw resourceTypeError(type);
  }
  if (name === undefined || name === '' || qualifier === '' || rest.length > 0) {
    throw invalidArn(`Invalid ARN: ${arn}`);
  }
  return {
    arn,
    name,
    qualifier,
    stateMachineArn: qualifier === undefined ? arn : arn.slice(0, arn.length - qualifier.length - 1),
  };
}

/**
 * Checks that an ARN is of an activity.
 *
 * @throws {AwsError} `InvalidArn`
 */
export function checkActivityArn(arn: string): void {
  const [type, name, ...rest] = statesArnParts(arn);
  if (type !== 'activity') {
    throw resourceTypeError(type);
  }
  if (name === undefined || name === '' || rest.length > 0) {
    throw invalidArn(`Invalid ARN: ${arn}`);
  }
}

/**
 * Checks that an ARN is of a STANDARD execution; one of an EXPRESS execution cannot be asked about.
 *
 * @throws {AwsError} `InvalidArn`
 */
export function checkExecutionArn(arn: string): void {
  const [type, stateMachineName, name, ...rest] = statesArnParts(arn);
  if (type !== 'execution') {
    throw resourceTypeError(type);
  }
  if (stateMachineName === undefined || name === undefined || rest.length > 0) {
    throw invalidArn(`Invalid ARN: ${arn}`);
  }
}
