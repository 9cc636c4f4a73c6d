import * as v from 'valibot';
import { DEFAULT_NAMES, MAX_NAME_LENGTH, MAX_NAMES } from '../limits';

const namesMessage = `must be an array of 1 to ${MAX_NAMES} names`;
const nameMessage = `must be a string of 1 to ${MAX_NAME_LENGTH} characters`;

/** Body of `POST /compositeWorkflows`: each name becomes the input `{name}` of one sub-workflow. */
export const CompositeBody = v.strictObject(
  {
    names: v.optional(
      v.pipe(
        v.array(
          v.pipe(v.string(nameMessage), v.minLength(1, nameMessage), v.maxLength(MAX_NAME_LENGTH, nameMessage)),
          namesMessage,
        ),
        v.minLength(1, namesMessage),
        v.maxLength(MAX_NAMES, namesMessage),
      ),
      (): string[] => [...DEFAULT_NAMES],
    ),
  },
  'must be an object',
);
