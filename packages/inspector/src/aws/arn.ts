/**
 * The state machine's and the execution's name in `arn:aws:states:region:account:execution:stateMachine:name`.
 *
 * @returns undefined for anything else
 */
export function parseExecutionArn(
  arn: string,
): { stateMachine: string; name: string; stateMachineArn: string } | undefined {
  const [prefix, partition, service, region, account, type, stateMachine, ...name] = arn.split(':');
  if (prefix !== 'arn' || service !== 'states' || type !== 'execution') {
    return undefined;
  }
  if (stateMachine === undefined || name.length === 0) {
    return undefined;
  }
  return {
    stateMachine,
    name: name.join(':'),
    stateMachineArn: `arn:${partition}:states:${region}:${account}:stateMachine:${stateMachine}`,
  };
}

/** The ARN of an execution of a state machine. */
export function executionArn(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}
