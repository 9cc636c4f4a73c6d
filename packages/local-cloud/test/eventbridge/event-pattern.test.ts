import { compilePattern } from '../../src/eventbridge/event-pattern';

const EVENT = {
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  resources: ['arn:aws:states:us-east-1:000000000000:execution:a:b'],
  detail: {
    status: 'FAILED',
    stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:a',
    error: null,
    redriveCount: 1,
  },
};

const EVENT_SOURCE = { source: ['aws.states'] };

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
    ['a number but these', { detail: { redriveCount: [{ 'anything-but': [0] }] } }, true],
    ['nothing', {}, true],
    ['one of two', { detail: { error: [null], $or: [{ status: ['ABORTED'] }, { redriveCount: [1] }] } }, true],
    ['none of two', { detail: { error: [null], $or: [{ status: ['ABORTED'] }, { redriveCount: [0] }] } }, false],
    ['one of two, but not what is beside', { detail: { error: ['E'], $or: [{ status: ['FAILED'] }, {}] } }, false],
    ['an alternative within one', { $or: [{ source: ['x'] }, { $or: [{ source: ['y'] }, EVENT_SOURCE] }] }, true],
  ])('%s: %j', (_what, pattern, expected) => {
    expect(compilePattern(JSON.stringify(pattern))(EVENT)).toBe(expected);
  });

  it.each([
    ['a test that is not known', { detail: { n: [{ numeric: ['>', 1] }] } }, 'detail.n.0'],
    ['one alternative', { detail: { $or: [{ n: [1] }] } }, 'detail.$or'],
    ['an alternative for a field beside it', { detail: { n: [1], $or: [{ n: [2] }, { m: [1] }] } }, 'detail'],
  ])('refuse %s', (_what, pattern, at) => {
    expect(() => compilePattern(JSON.stringify(pattern))).toThrow(
      `event pattern is not supported at \`${at}\`; supported: values, prefix, suffix, exists, anything-but, and $or of two or more alternatives, none of which names a field next to it`,
    );
  });
});
