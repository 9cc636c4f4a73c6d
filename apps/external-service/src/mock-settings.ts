import * as v from 'valibot';
import { MAX_DUPLICATES, MAX_HEARTBEATS } from './constants';

/** What the service does with a task. */
export const OUTCOMES = ['succeed', 'fail', 'silent', 'reject', 'flaky'] as const;
export type MockOutcome = (typeof OUTCOMES)[number];

const wholeNumber = (maximum: number) => {
  const message = `must be a whole number from 0 to ${maximum}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(0, message), v.maxValue(maximum, message));
};

const CALLING_BACK: readonly MockOutcome[] = ['succeed', 'fail', 'flaky'];

/** With which outcomes a setting has an effect. With another, it is a mistake in the test that asks for it. */
const ONLY_WITH: Readonly<Record<string, readonly MockOutcome[]>> = {
  data: ['succeed', 'flaky'],
  duplicates: CALLING_BACK,
  conflicting: CALLING_BACK,
  heartbeats: [...CALLING_BACK, 'silent'],
  wrongToken: [...CALLING_BACK, 'silent'],
};

/**
 * `payload.mock`: how the service behaves.
 *
 * @param maxDelayMs the longest delay that the place where the service runs can keep
 */
export const mockSettings = (maxDelayMs: number) =>
  v.pipe(
    v.strictObject(
      {
        outcome: v.optional(v.picklist(OUTCOMES, `must be one of ${OUTCOMES.join(', ')}`), 'succeed'),
        delayMs: v.optional(wholeNumber(maxDelayMs), 0),
        duplicates: v.optional(wholeNumber(MAX_DUPLICATES)),
        conflicting: v.optional(v.boolean('must be true or false')),
        wrongToken: v.optional(v.boolean('must be true or false')),
        heartbeats: v.optional(wholeNumber(MAX_HEARTBEATS)),
        data: v.optional(v.unknown()),
      },
      'must be an object',
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) {
        return;
      }
      const settings: Record<string, unknown> = { ...dataset.value };
      for (const [key, allowed] of Object.entries(ONLY_WITH)) {
        const value = settings[key];
        if (value !== undefined && !allowed.includes(dataset.value.outcome)) {
          addIssue({
            message: `has no effect with this outcome; it is allowed with ${allowed.join(', ')}`,
            input: value,
            path: [{ type: 'object', origin: 'value', input: settings, key, value }],
          });
        }
      }
    }),
  );

export type MockSettings = v.InferOutput<ReturnType<typeof mockSettings>>;

/** The settings in a payload: any JSON value, in which only the member `mock` of an object means something. */
export function settingsOf(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null && Object.hasOwn(payload, 'mock')
    ? Reflect.get(payload, 'mock')
    : {};
}
