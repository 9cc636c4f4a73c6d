import { compilePattern } from '../../src/eventbridge/event-pattern';

const EVENT = {
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  resources: ['arn:aws:states:us-east-1:000000000000:execution:a:b'],
  detail: { status: 'FAILED', stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:a', error: null },
};

describe('event patterns', () => {
  it.each([
    ['every named value', { source: ['aws.states'], detail: { status: ['ABORTED', 'FAILED'] } }, true],
    ['another value', { detail: { status: ['SUCCEEDED'] } }, false],
    ['a value in a list', { resources: [{ prefix: 'arn:aws:states' }] }, true],
    ['a suffix', { detail: { stateMachineArn: [{ suffix: ':a' }] } }, true],
    ['a member that is there', { detail: { error: [{ exists: true }] } }, true],
    ['a member that is not there', { detail: { other: [{ exists: true }] } }, false],
    ['null', { detail: { error: [null] } }, true],
    ['anything but', { detail: { status: [{ 'anything-but': ['RUNNING', 'SUCCEEDED'] }] } }, true],
    ['anything but this', { detail: { status: [{ 'anything-but': 'FAILED' }] } }, false],
    ['nothing', {}, true],
  ])('%s: %j', (_what, pattern, expected) => {
    expect(compilePattern(JSON.stringify(pattern))(EVENT)).toBe(expected);
  });

  it('refuse a test that they do not have', () => {
    expect(() => compilePattern('{"detail":{"n":[{"numeric":[">",1]}]}}')).toThrow(
      'event pattern is not supported at `detail.n.0`; supported are values, prefix, suffix, exists and anything-but',
    );
  });
});
