import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { Construct } from 'constructs';
import { checkName, NAME_RULES } from './guards';
import type { NodeFunction } from './node-function';
import { addRuleTarget } from './rule-target';
import type { StateMachine } from './state-machine';

/** What an execution can come to. @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';

export interface ExecutionStatusRuleProps {
  /** Name of the rule: 1 to 64 characters of `A-Z a-z 0-9 _ . -`. */
  readonly name: string;
  readonly stateMachine: StateMachine;
  /** The statuses to report. */
  readonly statuses: readonly ExecutionStatus[];
  /** Additional statuses to report, only for redriven executions. @default - none */
  readonly redrivenStatuses?: readonly ExecutionStatus[];
  /** Receives the event as EventBridge sends it. */
  readonly target: NodeFunction;
}

/**
 * Invokes a function when an execution of a state machine reaches a status. Step Functions emits events on a best-effort
 * basis, so an event can be missing. EventBridge delivers a received event at least once and retries for a day. If no
 * event may be missed, call the function from the state machine itself.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-states.html
 * @example
 * new ExecutionStatusRule(this, 'Ended', {
 *   name: 'dev-workflow-ended',
 *   stateMachine: workflow,
 *   statuses: ['ABORTED', 'TIMED_OUT', 'FAILED'],
 *   target: closeTask,
 * });
 */
export class ExecutionStatusRule extends Construct {
  readonly resource: CloudwatchEventRule;

  constructor(scope: Construct, id: string, props: ExecutionStatusRuleProps) {
    super(scope, id);
    checkName(this, NAME_RULES.rule, props.name);
    const { redrivenStatuses: redriven, statuses } = props;
    const status =
      redriven === undefined
        ? { status: statuses }
        : { $or: [{ status: statuses }, { status: redriven, redriveCount: [{ 'anything-but': [0] }] }] };
    this.resource = new CloudwatchEventRule(this, 'Resource', {
      name: props.name,
      eventPattern: JSON.stringify({
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [props.stateMachine.arn], ...status },
      }),
    });
    addRuleTarget(this, this.resource, props.target);
  }
}
