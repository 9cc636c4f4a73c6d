import { isDeepStrictEqual } from 'node:util';
import { Activity } from '../activities';
import { activityArn, checkActivityArn } from '../arns';
import { checkEncryption } from '../configurations';
import { operation, type ServiceContext, seconds } from '../context';
import {
  activityAlreadyExists,
  activityDoesNotExist,
  activityLimitExceeded,
  activityWorkerLimitExceeded,
} from '../errors';
import * as members from '../members';
import { checkName } from '../names';
import { pageByName } from '../paging';
import { optional, structure } from '../shapes';
import { addTags } from './tags';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_ACTIVITIES = 10_000;
const MAX_OPEN_POLLS = 1000;

/** @throws {AwsError} `InvalidArn`, `ActivityDoesNotExist` */
function getActivity(context: ServiceContext, arn: string): Activity {
  const activity = context.activities.find(arn);
  if (activity === undefined) {
    checkActivityArn(arn);
    throw activityDoesNotExist(arn);
  }
  return activity;
}

/**
 * Creates an activity. Creating it again answers as the first time, whatever tags the repetition names; its encryption
 * cannot be changed.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html
 */
export const CreateActivity = operation({
  request: structure({
    name: members.name,
    tags: optional(members.tags),
    encryptionConfiguration: optional(members.encryptionConfiguration),
  }),
  run(context, request, caller) {
    const { name, tags = [], encryptionConfiguration = { type: 'AWS_OWNED_KEY' } } = request;
    checkName(name);
    checkEncryption(request.encryptionConfiguration);
    const arn = activityArn(context.at, name);
    context.authorizer.authorize(caller, 'states:CreateActivity', arn);
    let activity = context.activities.find(arn);
    if (activity === undefined) {
      if (context.activities.all().length >= MAX_ACTIVITIES) {
        throw activityLimitExceeded(`An account has at most ${MAX_ACTIVITIES} activities`);
      }
      activity = new Activity(arn, name, context.clock.now(), encryptionConfiguration);
      addTags(activity, tags);
      context.activities.add(activity);
    } else if (!isDeepStrictEqual(activity.encryptionConfiguration, encryptionConfiguration)) {
      throw activityAlreadyExists(arn);
    }
    return { activityArn: arn, creationDate: seconds(activity.createdMs) };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeActivity.html */
export const DescribeActivity = operation({
  request: structure({ activityArn: members.arn }),
  resource: (request) => request.activityArn,
  run(context, request) {
    const { arn, createdMs, encryptionConfiguration, name } = getActivity(context, request.activityArn);
    return { activityArn: arn, name, creationDate: seconds(createdMs), encryptionConfiguration };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListActivities.html */
export const ListActivities = operation({
  request: structure(members.page),
  resource: () => '*',
  run(context, request) {
    const page = pageByName(context.activities.all(), request, 'activities');
    return {
      activities: page.items.map(({ arn, createdMs, name }) => ({
        activityArn: arn,
        name,
        creationDate: seconds(createdMs),
      })),
      nextToken: page.nextToken,
    };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteActivity.html */
export const DeleteActivity = operation({
  request: structure({ activityArn: members.arn }),
  resource: (request) => request.activityArn,
  run(context, request) {
    checkActivityArn(request.activityArn);
    context.activities.remove(request.activityArn);
    return {};
  },
});

/**
 * Hands out the task that has waited longest, or waits for one. Without a task within 60 seconds the token is null.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html
 */
export const GetActivityTask = operation({
  request: structure({ activityArn: members.arn, workerName: optional(members.name) }),
  resource: (request) => request.activityArn,
  async run(context, request, _, client) {
    const activity = getActivity(context, request.activityArn);
    if (activity.openPolls >= MAX_OPEN_POLLS) {
      throw activityWorkerLimitExceeded(
        `At most ${MAX_OPEN_POLLS} requests wait for tasks of an activity at once: ${activity.arn}`,
      );
    }
    const task = await context.clock.whileWaiting(
      activity.poll({
        workerName: request.workerName,
        timeoutMs: context.activityPollMs,
        onDisconnect: client?.onDisconnect,
      }),
    );
    return { taskToken: task?.taskToken ?? null, input: task?.input ?? null };
  },
});
