import { Fn } from 'cdktf';
import type { PolicyStatement } from './policy';

/** How a Task state waits for what it called. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html */
export const IntegrationPattern = {
  /** Goes on as soon as the service has answered. */
  REQUEST_RESPONSE: 'REQUEST_RESPONSE',
  /** Waits until the job is done; its output arrives as JSON, not as text. */
  RUN_JOB: 'RUN_JOB',
  /** Waits until somebody returns the task token. */
  WAIT_FOR_TASK_TOKEN: 'WAIT_FOR_TASK_TOKEN',
} as const;
export type IntegrationPattern = (typeof IntegrationPattern)[keyof typeof IntegrationPattern];

/** What each pattern appends to the resource's ARN. Total: a new pattern without a suffix does not compile. */
export const PATTERN_SUFFIX: Record<IntegrationPattern, string> = {
  REQUEST_RESPONSE: '',
  // `:2` is the form whose output is JSON. https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
  RUN_JOB: '.sync:2',
  WAIT_FOR_TASK_TOKEN: '.waitForTaskToken',
};

/** A service integration: which argument names what is called, and what the role needs for each pattern. */
export interface Integration {
  /** The argument that holds the ARN of what is called. */
  readonly target: string;
  readonly permissions: Partial<Record<IntegrationPattern, (targetArn: string) => readonly PolicyStatement[]>>;
}

/** ARN of the executions of a state machine: all of them, or one. */
export const executionArn = (stateMachineArn: string, name = '*'): string =>
  `${Fn.replace(stateMachineArn, ':stateMachine:', ':execution:')}:${name}`;

/** Rule that Step Functions itself maintains in the account to hear of nested executions that ended. */
const managedRuleArn = (stateMachineArn: string): string =>
  Fn.replace(
    Fn.replace(stateMachineArn, ':states:', ':events:'),
    '/:stateMachine:.*/',
    ':rule/StepFunctionsGetEventsForStepFunctionsExecutionRule',
  );

const invokeFunction = (functionArn: string): readonly PolicyStatement[] => [
  { actions: ['lambda:InvokeFunction'], resources: [functionArn] },
];

const startExecution = (stateMachineArn: string): readonly PolicyStatement[] => [
  { actions: ['states:StartExecution'], resources: [stateMachineArn] },
];

/** The integrations whose permissions are known, by the resource ARN without the pattern's suffix. */
export const INTEGRATIONS: Readonly<Record<string, Integration>> = {
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
  'arn:aws:states:::lambda:invoke': {
    target: 'FunctionName',
    permissions: { REQUEST_RESPONSE: invokeFunction, WAIT_FOR_TASK_TOKEN: invokeFunction },
  },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html#sync-async-iam-policies */
  'arn:aws:states:::states:startExecution': {
    target: 'StateMachineArn',
    permissions: {
      REQUEST_RESPONSE: startExecution,
      WAIT_FOR_TASK_TOKEN: startExecution,
      RUN_JOB: (stateMachineArn) => [
        ...startExecution(stateMachineArn),
        // To see how the child ended, and to stop it when the parent is stopped.
        { actions: ['states:DescribeExecution', 'states:StopExecution'], resources: [executionArn(stateMachineArn)] },
        {
          actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
          resources: [managedRuleArn(stateMachineArn)],
        },
      ],
    },
  },
};

/** Every resource ARN that the constructs know, with its suffix. */
export const SUPPORTED_RESOURCES: readonly string[] = Object.entries(INTEGRATIONS).flatMap(([arn, { permissions }]) =>
  (Object.keys(permissions) as IntegrationPattern[]).map((pattern) => `${arn}${PATTERN_SUFFIX[pattern]}`),
);

/** Takes a Task's `Resource` apart; `undefined` when the integration or its pattern is not known. */
export function findIntegration(
  resource: string,
):
  | { pattern: IntegrationPattern; target: string; permissions: (arn: string) => readonly PolicyStatement[] }
  | undefined {
  for (const [arn, { target, permissions }] of Object.entries(INTEGRATIONS)) {
    for (const [pattern, compute] of Object.entries(permissions) as [IntegrationPattern, typeof invokeFunction][]) {
      if (resource === `${arn}${PATTERN_SUFFIX[pattern]}`) {
        return { pattern, target, permissions: compute };
      }
    }
  }
  return undefined;
}

export const isCallback = (resource: string): boolean => resource.endsWith(PATTERN_SUFFIX.WAIT_FOR_TASK_TOKEN);
