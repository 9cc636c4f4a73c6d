import { REDACTED, Redactor, tokenFieldsOf } from '../src';

const token = 'AAAAKgAAAAIAAAAAAAAAAQ/token+with=signs';

describe('a redactor', () => {
  it.each([
    ['a field', `{"taskToken":"${token}","n":1}`, `{"taskToken":"${REDACTED}","n":1}`],
    ['a field of any depth and spelling', `{"a":[{"TaskToken":"${token}"}]}`, `{"a":[{"TaskToken":"${REDACTED}"}]}`],
    [
      'JSON inside a string',
      JSON.stringify({ body: `{"resumeToken":"${token}"}` }),
      JSON.stringify({ body: `{"resumeToken":"${REDACTED}"}` }),
    ],
    ['text that is cut-off JSON', `{"taskToken":"${token}","rest":"…`, `{"taskToken":"${REDACTED}","rest":"…`],
    [
      'escaped JSON in a message',
      `Error: {\\"taskToken\\":\\"${token}\\"}`,
      `Error: {\\"taskToken\\":\\"${REDACTED}\\"}`,
    ],
    ['a short token where its field names it', '{"token":"abc"}', `{"token":"${REDACTED}"}`],
  ])('hides a token in %s', (_place, text, expected) => {
    expect(new Redactor().text(text)).toBe(expected);
  });

  it('hides a token that it has seen once wherever it is quoted afterwards', () => {
    const redactor = new Redactor();
    redactor.text(`{"taskToken":"${token}"}`);
    expect(redactor.text(`the service said: ${token} is wrong`)).toBe(`the service said: ${REDACTED} is wrong`);
    expect(redactor.value({ list: [token] })).toEqual({ list: [REDACTED] });
  });

  it('leaves text without tokens exactly as it was, numbers beyond 2^53 included', () => {
    const text = '{ "n" : 12345678901234567890, "tokens": 3, "note": "no secret" }';
    expect(new Redactor().text(text)).toBe(text);
  });

  it('does not replace a short value elsewhere', () => {
    const redactor = new Redactor();
    redactor.text('{"token":"abc"}');
    expect(redactor.text('abc of things')).toBe('abc of things');
  });
});

describe('the fields in which a definition passes its tokens', () => {
  it.each([
    ['JSONata', { Arguments: { Payload: { ticket: '{% $states.context.Task.Token %}' } } }, ['ticket']],
    ['JSONata inside an expression', { Arguments: "{% {'ticket': $states.context.Task.Token} %}" }, ['ticket']],
    ['JSONPath', { Parameters: { 'ticket.$': '$$.Task.Token' } }, ['ticket']],
    ['no token', { Arguments: { name: '{% $states.input.name %}' } }, []],
  ])('are found in %s', (_language, state, fields) => {
    expect([...tokenFieldsOf({ StartAt: 'A', States: { A: state } })]).toEqual(fields);
  });

  it('are hidden', () => {
    expect(new Redactor(['ticket']).text(`{"ticket":"${token}"}`)).toBe(`{"ticket":"${REDACTED}"}`);
  });
});
