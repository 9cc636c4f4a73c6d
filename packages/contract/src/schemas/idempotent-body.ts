import * as v from 'valibot';
import { MAX_DELAY_SECONDS, NAME_PATTERN } from '../limits';

const nameMessage = 'must be a string of 1 to 80 letters, digits, "-" and "_"';
const delayMessage = `must be a whole number of seconds from 0 to ${MAX_DELAY_SECONDS}`;

/** An input's delay, where the input is an object that has one. Everything else in it is the client's own. */
const hasValidDelay = (input: unknown): boolean => {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, 'delaySeconds')) {
    return true;
  }
  const delay: unknown = Reflect.get(input, 'delaySeconds');
  return Number.isInteger(delay) && Number(delay) >= 0 && Number(delay) <= MAX_DELAY_SECONDS;
};

/** Body of `POST /workflow`: the name that makes the start idempotent, and the workflow's input. */
export const IdempotentBody = v.pipe(
  v.strictObject(
    {
      name: v.pipe(v.string(nameMessage), v.regex(NAME_PATTERN, nameMessage)),
      input: v.optional(v.unknown(), {}),
    },
    'must be an object',
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (dataset.typed && !hasValidDelay(dataset.value.input)) {
      const { input } = dataset.value;
      const delay: unknown = Reflect.get(Object(input), 'delaySeconds');
      addIssue({
        message: delayMessage,
        input: delay,
        path: [
          { type: 'object', origin: 'value', input: { ...dataset.value }, key: 'input', value: input },
          { type: 'object', origin: 'value', input: { input }, key: 'delaySeconds', value: delay },
        ],
      });
    }
  }),
);

export type IdempotentBody = v.InferOutput<typeof IdempotentBody>;
