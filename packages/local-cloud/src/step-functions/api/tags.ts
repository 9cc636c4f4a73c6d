import { checkArn } from '../arns';
import { operation, type ServiceContext } from '../context';
import { resourceNotFound, tooManyTags } from '../errors';
import * as members from '../members';
import { type Infer, list, string, structure } from '../shapes';

const MAX_TAGS = 50;

/** What has tags: a state machine or an activity. */
interface Tagged {
  readonly arn: string;
  readonly tags: Map<string, string>;
}

/** @throws {AwsError} `TooManyTags` */
export function addTags(resource: Tagged, tags: Infer<typeof members.tags>): void {
  const merged = new Map(resource.tags);
  for (const { key, value } of tags) {
    if (key !== undefined) {
      merged.set(key, value ?? '');
    }
  }
  if (merged.size > MAX_TAGS) {
    throw tooManyTags(`'${resource.arn}' would have ${merged.size} tags; a resource has at most ${MAX_TAGS}`);
  }
  for (const [key, value] of merged) {
    resource.tags.set(key, value);
  }
}

/** @throws {AwsError} `InvalidArn`, `ResourceNotFound`, which it is for versions and aliases, too */
function taggedResource(context: ServiceContext, arn: string): Tagged {
  const resource = context.machines.find(arn) ?? context.activities.find(arn);
  if (resource === undefined) {
    checkArn(arn);
    throw resourceNotFound(`Resource not found: '${arn}'`);
  }
  return resource;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TagResource.html */
export const TagResource = operation({
  request: structure({ resourceArn: members.arn, tags: members.tags }),
  resource: ({ resourceArn }) => resourceArn,
  run(context, request) {
    addTags(taggedResource(context, request.resourceArn), request.tags);
    return {};
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_UntagResource.html */
export const UntagResource = operation({
  request: structure({ resourceArn: members.arn, tagKeys: list(string({ min: 1, max: 128 })) }),
  resource: ({ resourceArn }) => resourceArn,
  run(context, request) {
    const resource = taggedResource(context, request.resourceArn);
    for (const key of request.tagKeys) {
      resource.tags.delete(key);
    }
    return {};
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html */
export const ListTagsForResource = operation({
  request: structure({ resourceArn: members.arn }),
  resource: ({ resourceArn }) => resourceArn,
  run(context, request) {
    const { tags } = taggedResource(context, request.resourceArn);
    return { tags: [...tags].map(([key, value]) => ({ key, value })) };
  },
});
