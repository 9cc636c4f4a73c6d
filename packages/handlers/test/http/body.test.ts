/** Proves that no body makes anything but a 4xx, and that the problem names what is wrong and repeats nothing. */

import { CallbackBody, CompositeBody, IdempotentBody, StartBody } from '@workflows/contract/schemas';
import { HttpProblem } from '@workflows/lambda-commons/problem';
import type * as v from 'valibot';
import { readJsonBody } from '../../src/http/body';
import { type EventOptions, httpEvent } from '../support/http-event';

const read = <S extends v.GenericSchema>(options: EventOptions, schema: S) => {
  const { body, isBase64Encoded, headers } = httpEvent({ method: 'POST', ...options });
  return readJsonBody({ body, isBase64Encoded, headers }, schema);
};

/** The problem that a body gets. */
function problem(options: EventOptions, schema: v.GenericSchema = StartBody): HttpProblem {
  try {
    read(options, schema);
  } catch (error) {
    if (error instanceof HttpProblem) {
      return error;
    }
    throw error;
  }
  throw new Error('The body was accepted.');
}

const fieldsOf = ({ options }: HttpProblem) => options.errors?.map(({ field }) => field);

describe('a body', () => {
  it.each(['{', 'hello', '{"a":1,}', "{'a':1}", '{} {}', '\u0000', '{"a":NaN}', 'undefined', '\ufeff{'])(
    'that is not JSON is 400: %j',
    (rawBody) => {
      expect(problem({ rawBody })).toMatchObject({ status: 400, code: 'malformed-json' });
    },
  );

  it('that is not UTF-8 is 400', () => {
    const rawBody = Buffer.from([0x22, 0xff, 0xfe, 0x22]).toString('base64');

    expect(problem({ rawBody, isBase64Encoded: true })).toMatchObject({ status: 400, code: 'malformed-json' });
  });

  it('is read when API Gateway has encoded it', () => {
    const rawBody = Buffer.from('{"input":"ä"}').toString('base64');

    expect(read({ rawBody, isBase64Encoded: true }, StartBody)).toMatchObject({ input: 'ä' });
  });

  it('over 256 KiB is 413, counted in bytes as decoded', () => {
    const multibyte = `"${'ä'.repeat(131_072)}"`;
    const encoded = Buffer.from('x'.repeat(262_145)).toString('base64');

    expect(problem({ rawBody: multibyte })).toMatchObject({ status: 413, code: 'body-too-large' });
    expect(problem({ rawBody: encoded, isBase64Encoded: true })).toMatchObject({ status: 413 });
    expect(problem({ rawBody: 'x'.repeat(262_144) })).toMatchObject({ status: 400 });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'text/json', 'application/'])(
    'of type %s is 415',
    (type) => {
      expect(problem({ rawBody: '{}', headers: { 'content-type': type } })).toMatchObject({
        status: 415,
        code: 'unsupported-media-type',
      });
    },
  );

  it.each([
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/vnd.api+json',
    'application/problem+json',
  ])('of type %s is read', (type) => {
    expect(read({ rawBody: '{}', headers: { 'content-type': type } }, StartBody)).toBeDefined();
  });

  it.each([undefined, '', '  \n'])('that is empty counts as {}, whatever its type: %j', (rawBody) => {
    const options = rawBody === undefined ? {} : { rawBody };

    expect(read({ ...options, headers: { 'content-type': 'text/plain' } }, StartBody)).toEqual({
      input: {},
      timeoutSeconds: 3600,
    });
  });

  it.each([
    [`${'{"input":'.repeat(10_000)}[]${'}'.repeat(10_000)}`],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    [`{"input":${'['.repeat(64)}${']'.repeat(64)}}`],
  ])('that is nested too deeply is 422', (rawBody) => {
    expect(problem({ rawBody })).toMatchObject({ status: 422, code: 'invalid-body' });
  });

  it('is read at the greatest depth that is allowed', () => {
    expect(read({ rawBody: `{"input":${'['.repeat(63)}${']'.repeat(63)}}` }, StartBody)).toBeDefined();
  });

  it('with a number that no double holds is 422 and named, not changed into null', () => {
    expect(fieldsOf(problem({ rawBody: '{"input":{"a":[1,1e999]}}' }))).toEqual(['input.a.1']);
    expect(fieldsOf(problem({ rawBody: '-1e999' }))).toEqual(['body']);
  });
});

describe('a problem', () => {
  it('is a document with type, title, status, code, detail and every field that is wrong', () => {
    const document = JSON.parse(
      JSON.stringify(problem({ body: { timeoutSeconds: 'x', heartbeatSeconds: 0, more: 1 } })),
    );

    expect(document).toEqual({
      type: 'urn:problem-type:workflows:invalid-body',
      title: 'The request body is invalid',
      status: 422,
      code: 'invalid-body',
      detail: expect.stringContaining('timeoutSeconds must be a whole number of seconds from 1 to 31536000'),
      errors: [
        {
          pointer: '#/timeoutSeconds',
          field: 'timeoutSeconds',
          detail: 'must be a whole number of seconds from 1 to 31536000 (received: a string of 1 character)',
        },
        expect.objectContaining({ field: 'heartbeatSeconds' }),
        { pointer: '#/more', field: 'more', detail: 'is not a known field' },
      ],
    });
  });

  it('says of a rule between two fields what the named field holds', () => {
    const { options } = problem({ body: { timeoutSeconds: 5, heartbeatSeconds: 5 } });

    expect(options.errors).toEqual([
      {
        pointer: '#/heartbeatSeconds',
        field: 'heartbeatSeconds',
        detail: 'must be a whole number of seconds, at least 1 and less than timeoutSeconds (received: a number)',
      },
    ]);
  });

  it('points into the body by the rules of JSON Pointer, with long names shortened', () => {
    const { options } = problem({ body: { 'a/b~c ä': 1, ['k'.repeat(100)]: 2 } });

    expect(options.errors?.[0]).toMatchObject({ pointer: '#/a~1b~0c%20%C3%A4', field: 'a/b~c ä' });
    expect(options.errors?.[1]?.field).toBe(`${'k'.repeat(64)}…`);
  });

  it('names a field that has no name', () => {
    expect(problem({ rawBody: '{"":1}' }).options.errors).toEqual([
      { pointer: '#/', field: '""', detail: 'is not a known field' },
    ]);
  });

  it('lists no more than 20 errors', () => {
    const body = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`field${n}`, n]));

    expect(problem({ body }).options.errors).toHaveLength(20);
  });

  it('never repeats a value that was sent', () => {
    const secret = 'c2VjcmV0LXRva2Vu';
    const bodies = [
      { resumeToken: secret, status: secret },
      { resumeToken: [secret], status: 'succeeded', id: { secret } },
      { status: 'failed', error: `States.${secret}`, cause: 7 },
    ];

    for (const body of bodies) {
      expect(JSON.stringify(problem({ body }, CallbackBody))).not.toContain(secret);
    }
  });

  it('has a message that is valid Unicode even for names that are not', () => {
    expect(JSON.stringify(problem({ rawBody: '{"\\ud800":1}' }).toJSON())).not.toMatch(/\\ud800/i);
  });
});

describe('fields', () => {
  it.each([
    [{ timeoutSeconds: 0 }, StartBody, ['timeoutSeconds']],
    [{ timeoutSeconds: 31_536_001 }, StartBody, ['timeoutSeconds']],
    [{ timeoutSeconds: null }, StartBody, ['timeoutSeconds']],
    [{ heartbeatSeconds: 3600 }, StartBody, ['heartbeatSeconds']],
    [{ timeoutSeconds: 10, heartbeatSeconds: 10 }, StartBody, ['heartbeatSeconds']],
    [{ timeoutSeconds: 'x', heartbeatSeconds: 'y' }, StartBody, ['timeoutSeconds', 'heartbeatSeconds']],
    [[], StartBody, ['body']],
    [{ names: [] }, CompositeBody, ['names']],
    [{ names: Array.from({ length: 41 }, String) }, CompositeBody, ['names']],
    [{ names: ['a', 1, ''] }, CompositeBody, ['names.1', 'names.2']],
    [{ name: 'n', input: { delaySeconds: 61 } }, IdempotentBody, ['input.delaySeconds']],
    [{}, IdempotentBody, ['name']],
    [{}, CallbackBody, ['status']],
    [{ status: 'done' }, CallbackBody, ['status']],
    [{ status: 'succeeded', error: 'E' }, CallbackBody, ['error']],
    [{ status: 'failed', data: 1 }, CallbackBody, ['data']],
    [{ status: 'failed', error: '' }, CallbackBody, ['error']],
    [{ status: 'failed', error: 'States.Timeout' }, CallbackBody, ['error']],
    [{ status: 'failed', cause: 'c'.repeat(32_769) }, CallbackBody, ['cause']],
    ['text', CallbackBody, ['body']],
  ])('%j is refused, and named', (body, schema, fields) => {
    expect(fieldsOf(problem({ body }, schema))).toEqual(fields);
  });

  it('that name what prototypes have are data in an input, and unknown beside it', () => {
    const { input } = read({ rawBody: '{"input":{"__proto__":{"polluted":1}}}' }, StartBody) as { input: object };

    expect(JSON.stringify(input)).toBe('{"__proto__":{"polluted":1}}');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(fieldsOf(problem({ rawBody: '{"__proto__":{"timeoutSeconds":5}}' }))).toEqual(['__proto__']);
    expect(fieldsOf(problem({ rawBody: '{"constructor":1}' }))).toEqual(['constructor']);
  });
});
