import { operation, type ServiceContext } from '../context';
import { resourceNotFound, tooManyTags } from '../errors';
import * as members from '../members';
import type { StateMachine } from '../model';
import { type Infer, list, string, structure } from '../shapes';

const MAX_TAGS = 50;

/** @throws {AwsError} `TooManyTags` */
export function addTags(machine: StateMachine, tags: Infer<typeof members.tags>): void {
  const merged = new Map(machine.tags);
  for (const { key, value } of tags) {
    if (key !== undefined) {
      merged.set(key, value ?? '');
    }
  }
  if (merged.size > MAX_TAGS) {
    throw tooManyTags(`'${machine.arn}' would have ${merged.size} tags; a resource has at most ${MAX_TAGS}`);
  }
  for (const [key, value] of merged) {
    machine.tags.set(key, value);
  }
}

function taggedMachine(context: ServiceContext, arn: string): StateMachine {
  const machine = context.machines.find(arn);
  if (machine === undefined) {
    throw resourceNotFound(`Resource not found: '${arn}'`);
  }
  return machine;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TagResource.html */
export const TagResource = operation({
  request: structure({ resourceArn: members.arn, tags: members.tags }),
  resource: ({ resourceArn }) => resourceArn,
  run(context, request) {
    addTags(taggedMachine(context, request.resourceArn), request.tags);
    return {};
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_UntagResource.html */
export const UntagResource = operation({
  request: structure({ resourceArn: members.arn, tagKeys: list(string({ min: 1, max: 128 })) }),
  resource: ({ resourceArn }) => resourceArn,
  run(context, request) {
    const machine = taggedMachine(context, request.resourceArn);
    for (const key of request.tagKeys) {
      machine.tags.delete(key);
    }
    return {};
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html */
export const ListTagsForResource = operation({
  request: structure({ resourceArn: members.arn }),
  resource: ({ resourceArn }) => resourceArn,
  run(context, request) {
    const { tags } = taggedMachine(context, request.resourceArn);
    return { tags: [...tags].map(([key, value]) => ({ key, value })) };
  },
});
