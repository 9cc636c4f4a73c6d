import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { type Definition, validateDefinition } from '@workflows/states-language';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { checkCallbackStates } from './definition-guards';
import { definitionRefused, terraformTemplateInDefinition } from './errors';
import type { Grantee } from './grants';
import { checkLogRetention, checkName, NAME_RULES } from './guards';
import { executionArn } from './integrations';
import type { PolicyStatement } from './policy';
import { ServiceRole } from './service-role';
import { type ExplicitPermissions, permissionsOf, resourceOf } from './task-permissions';

export interface StateMachineProps {
  /** Name of the state machine and of its role: 1 to 64 characters of `A-Z a-z 0-9 _ -`, the maximum for a role. */
  readonly name: string;
  /** The definition, in JSONata or JSONPath. */
  readonly definition: Definition;
  /** Level of the execution log. @default 'ERROR' */
  readonly logLevel?: 'ALL' | 'ERROR' | 'FATAL' | 'OFF';
  /**
   * Logs the input and output of every state. Not allowed if a state waits for a callback, because its input contains
   * the task token.
   *
   * @default false
   */
  readonly logExecutionData?: boolean;
  /** Days to keep the log. @default 30 */
  readonly logRetentionDays?: number;
  /**
   * Statements that the role needs for states whose permissions the construct cannot compute. The key is the name of
   * the state or its `Resource`. An entry replaces the computed permissions.
   *
   * The construct computes the permissions for functions, activities, `states:startExecution`, `sqs:sendMessage`,
   * `sns:publish`, `events:putEvents` and DynamoDB items, if the definition names the resource by its ARN or by a
   * reference.
   *
   * @default - none; synthesis fails if a state needs an entry
   */
  readonly permissions?: ExplicitPermissions;
}

/** Permissions that a standard state machine needs for logs and traces, in addition to those of its tasks. */
const DELIVERY: readonly PolicyStatement[] = [
  {
    actions: [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
    ],
    resources: ['*'],
    reason:
      'log delivery knows no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy',
  },
  {
    actions: ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    resources: ['*'],
    reason:
      'X-Ray knows no resource for these: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html',
  },
];

/**
 * A standard state machine with its own role, log group and tracing. The role grants exactly the calls that the
 * definition makes. The definition is validated at synthesis.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-statemachines.html
 * @example
 * const machine = new StateMachine(this, 'Greeting', {
 *   name: 'dev-greeting',
 *   definition: {
 *     QueryLanguage: 'JSONata',
 *     StartAt: 'Greet',
 *     States: { Greet: lambdaInvoke({ function: greet, payload: '{% $states.input %}', next: { End: true } }) },
 *   },
 * });
 * machine.grantStart(startFunction);
 */
export class StateMachine extends Construct implements Grantee {
  readonly resource: SfnStateMachine;
  readonly role: ServiceRole;
  readonly logGroup: CloudwatchLogGroup;
  /** The name from the props, known at synthesis. */
  readonly stateMachineName: string;

  constructor(scope: Construct, id: string, props: StateMachineProps) {
    super(scope, id);
    checkName(this, NAME_RULES.stateMachine, props.name);
    checkLogRetention(this, props.logRetentionDays);
    const logExecutionData = props.logExecutionData ?? false;
    checkCallbackStates(this, props.definition, logExecutionData);
    const definition = JSON.stringify(props.definition);
    this.#checkDefinition(props.definition);

    this.stateMachineName = props.name;
    this.role = new ServiceRole(this, 'Role', { name: props.name, service: 'states.amazonaws.com' });
    this.role.allow(...DELIVERY, ...permissionsOf(this, props.definition, props.permissions ?? {}));
    this.logGroup = new CloudwatchLogGroup(this, 'LogGroup', {
      // With this prefix, CloudWatch does not reach the size limit of its resource policy:
      // https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
      name: `/aws/vendedlogs/states/${props.name}`,
      retentionInDays: props.logRetentionDays ?? 30,
    });
    this.resource = new SfnStateMachine(this, 'Resource', {
      name: props.name,
      type: 'STANDARD',
      definition,
      roleArn: this.role.arn,
      loggingConfiguration: {
        level: props.logLevel ?? 'ERROR',
        includeExecutionData: logExecutionData,
        logDestination: `${this.logGroup.arn}:*`,
      },
      tracingConfiguration: { enabled: true },
      // On creation, AWS checks the permissions for log delivery and for the managed rule of nested executions.
      dependsOn: [this.role.policy],
      // AWS deletes a state machine after its executions end, each at its next transition. This takes minutes even
      // without executions, and the default limit of Terraform is 5 minutes. To end a long wait, stop the execution:
      // https://repost.aws/knowledge-center/step-functions-stuck-deleting-status
      timeouts: { delete: '30m' },
    });
  }

  get arn(): string {
    return this.resource.arn;
  }

  allow(...statements: readonly PolicyStatement[]): void {
    this.role.allow(...statements);
  }

  /** Lets `grantee` start executions of this state machine. */
  grantStart(grantee: Grantee): void {
    grantee.allow({ actions: ['states:StartExecution'], resources: [this.arn] });
  }

  /** Lets `grantee` describe executions of this state machine. */
  grantRead(grantee: Grantee): void {
    grantee.allow({ actions: ['states:DescribeExecution'], resources: [executionArn(this.arn)] });
  }

  /** Allows `grantee` to complete the callback tasks of this state machine. */
  grantTaskResponse(grantee: Grantee): void {
    grantee.allow({ actions: ['states:SendTaskFailure', 'states:SendTaskSuccess'], resources: [this.arn] });
  }

  /** Allows `grantee` to send heartbeats for the callback tasks of this state machine. */
  grantTaskHeartbeat(grantee: Grantee): void {
    grantee.allow({ actions: ['states:SendTaskHeartbeat'], resources: [this.arn] });
  }

  #checkDefinition(definition: Definition): void {
    const text = JSON.stringify(definition, (field, value) =>
      field === 'Resource' && Token.isUnresolved(value) ? this.#standIn(String(value)) : value,
    );
    if (text.includes('%{')) {
      throw terraformTemplateInDefinition(this.node.path);
    }
    const { result, diagnostics } = validateDefinition(text, { type: 'STANDARD' });
    if (result === 'FAIL') {
      throw definitionRefused(
        this.node.path,
        diagnostics.map(({ code, message, location }) => `${location ?? 'definition'}: ${message} (${code})`),
      );
    }
  }

  /** A `Resource` that Terraform computes is validated as one of its kind. */
  #standIn(resource: string): string {
    return resourceOf(this, resource)?.service === 'lambda'
      ? 'arn:aws:lambda:us-east-1:000000000000:function:reference'
      : 'arn:aws:states:us-east-1:000000000000:activity:reference';
  }
}
