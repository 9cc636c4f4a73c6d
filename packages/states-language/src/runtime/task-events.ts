import type { ErrorDetails, HistoryEventType, TaskIdentity } from '../history';
import { isActivity, type TaskResource } from '../integrations/task-resource';
import type { Data } from '../values/data';
import { NOT_TRUNCATED } from './details';
import type { EventDetails, TaskLimits } from './runtime';

/** An event that a task leaves. */
type TaskEvent = readonly [type: HistoryEventType, details?: EventDetails];

/** A task as it is handed over. */
interface ScheduledTask {
  readonly resource: TaskResource;
  readonly identity: TaskIdentity;
  readonly region: string;
  readonly args: Data;
  readonly limits: TaskLimits;
  readonly roleArn: string | undefined;
}

/** How a task may end badly. */
export type TaskFailureKind = 'failed' | 'startFailed' | 'submitFailed' | 'timedOut';

/** The events of one kind of task, in the shape that AWS gives them. */
export interface TaskEvents {
  scheduled(task: ScheduledTask): TaskEvent;
  started(identity: TaskIdentity, workerName: string | undefined): TaskEvent;
  succeeded(identity: TaskIdentity, output: string): TaskEvent;
  failed(kind: TaskFailureKind, identity: TaskIdentity, details: ErrorDetails): TaskEvent;
}

const timeout = ({ timeoutSeconds }: TaskLimits) =>
  timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds };
const heartbeat = ({ heartbeatSeconds }: TaskLimits) =>
  heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: heartbeatSeconds };
const credentials = (roleArn: string | undefined) => (roleArn === undefined ? {} : { taskCredentials: { roleArn } });

const detailsOf = (type: HistoryEventType, details: object): TaskEvent => [
  type,
  { [`${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`]: details },
];

const FUNCTION_FAILURES = {
  failed: 'LambdaFunctionFailed',
  startFailed: 'LambdaFunctionStartFailed',
  submitFailed: 'LambdaFunctionFailed',
  timedOut: 'LambdaFunctionTimedOut',
} as const;

const functionEvents: TaskEvents = {
  scheduled: ({ args, limits, resource, roleArn }) => [
    'LambdaFunctionScheduled',
    {
      lambdaFunctionScheduledEventDetails: {
        resource: resource.arn,
        input: args.text,
        inputDetails: NOT_TRUNCATED,
        ...timeout(limits),
        ...credentials(roleArn),
      },
    },
  ],
  started: () => ['LambdaFunctionStarted'],
  succeeded: (_, output) => [
    'LambdaFunctionSucceeded',
    { lambdaFunctionSucceededEventDetails: { output, outputDetails: NOT_TRUNCATED } },
  ],
  failed: (kind, _, details) => detailsOf(FUNCTION_FAILURES[kind], details),
};

const ACTIVITY_FAILURES = {
  failed: 'ActivityFailed',
  startFailed: 'ActivityScheduleFailed',
  submitFailed: 'ActivityScheduleFailed',
  timedOut: 'ActivityTimedOut',
} as const;

/** @see https://github.com/localstack/localstack/blob/main/tests/aws/services/stepfunctions/v2/activities/test_activities.snapshot.json for what AWS recorded */
const activityEvents: TaskEvents = {
  scheduled: ({ args, limits, resource }) => [
    'ActivityScheduled',
    {
      activityScheduledEventDetails: {
        resource: resource.arn,
        input: args.text,
        inputDetails: NOT_TRUNCATED,
        ...timeout(limits),
        ...heartbeat(limits),
      },
    },
  ],
  started: (_, workerName) => [
    'ActivityStarted',
    { activityStartedEventDetails: workerName === undefined ? {} : { workerName } },
  ],
  succeeded: (_, output) => [
    'ActivitySucceeded',
    { activitySucceededEventDetails: { output, outputDetails: NOT_TRUNCATED } },
  ],
  failed: (kind, _, details) => detailsOf(ACTIVITY_FAILURES[kind], details),
};

const TASK_FAILURES = {
  failed: 'TaskFailed',
  startFailed: 'TaskStartFailed',
  submitFailed: 'TaskSubmitFailed',
  timedOut: 'TaskTimedOut',
} as const;

const taskEvents: TaskEvents = {
  scheduled: ({ args, identity, limits, region, roleArn }) => [
    'TaskScheduled',
    {
      taskScheduledEventDetails: {
        resourceType: identity.resourceType,
        resource: identity.resource,
        region,
        parameters: args.text,
        ...timeout(limits),
        ...credentials(roleArn),
        ...heartbeat(limits),
      },
    },
  ],
  started: (identity) => ['TaskStarted', { taskStartedEventDetails: identity }],
  // Written out: an object that begins with a spread gets a hidden class of its own, which costs more than its data.
  succeeded: ({ resourceType, resource }, output) => [
    'TaskSucceeded',
    { taskSucceededEventDetails: { resourceType, resource, output, outputDetails: NOT_TRUNCATED } },
  ],
  failed: (kind, { resourceType, resource }, details) =>
    detailsOf(TASK_FAILURES[kind], { resourceType, resource, ...details }),
};

/** `LambdaFunction…` for the ARN of a function, `Activity…` for that of an activity, `Task…` for everything else. */
export function taskEventsOf(resource: TaskResource): TaskEvents {
  if (resource.action === 'function') {
    return functionEvents;
  }
  return isActivity(resource) ? activityEvents : taskEvents;
}
