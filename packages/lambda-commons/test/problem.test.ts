import * as v from 'valibot';
import { decodeUtf8, HttpProblem, invalidBody, parseJson, toFieldErrors, tooLarge } from '../src/problem';

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('HttpProblem', () => {
  it('is a problem document with the status and the title of its code', () => {
    const problem = new HttpProblem('task-not-found', 'No task has this id.', { headers: { 'Retry-After': '1' } });

    expect(JSON.parse(JSON.stringify(problem))).toEqual({
      type: 'urn:problem-type:workflows:task-not-found',
      title: 'The task does not exist',
      status: 404,
      code: 'task-not-found',
      detail: 'No task has this id.',
    });
    expect(problem.headers).toEqual({ 'Content-Type': 'application/problem+json', 'Retry-After': '1' });
  });

  it('names what is too large, and how large it may be', () => {
    expect(tooLarge('The body', 10)).toMatchObject({ status: 413, detail: 'The body must be at most 10 bytes.' });
  });
});

describe('an invalid body', () => {
  const schema = v.strictObject({ count: v.number('must be a number') });
  const issuesOf = (value: unknown) => v.safeParse(schema, value).issues ?? [];

  it('is 422, and names each field below the place that was checked', () => {
    const errors = toFieldErrors([...issuesOf({}), ...issuesOf({ count: 'secret', 'a/b': 1 })], ['payload', 'mock']);

    expect(invalidBody(errors)).toMatchObject({ status: 422, code: 'invalid-body', options: { errors } });
    expect(errors).toEqual([
      { pointer: '#/payload/mock/count', field: 'payload.mock.count', detail: 'is required' },
      {
        pointer: '#/payload/mock/count',
        field: 'payload.mock.count',
        detail: 'must be a number (received: a string of 6 characters)',
      },
      { pointer: '#/payload/mock/a~1b', field: 'payload.mock.a/b', detail: 'is not a known field' },
    ]);
  });

  it.each([
    ['bytes that are no UTF-8', () => decodeUtf8(new Uint8Array([0xff]))],
    ['text that is no JSON', () => parseJson('{')],
  ])('is 400 for %s', (_, read) => {
    expect(thrownBy(read)).toMatchObject({ status: 400, code: 'malformed-json' });
  });
});
