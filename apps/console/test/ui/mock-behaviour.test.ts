import { INITIAL, mockOf, outcomesFor } from '../../src/ui/views/start/mock-behaviour';

describe('the behaviour that a form asks the mock for', () => {
  it('leaves out what is at its default', () => {
    expect(mockOf({ ...INITIAL, delaySeconds: 0 }, undefined, false)).toEqual({ outcome: 'succeed' });
  });

  it('says everything that was chosen, in the mock’s units', () => {
    const behaviour = {
      ...INITIAL,
      delaySeconds: 1.5,
      duplicates: 2,
      heartbeats: 3,
      conflicting: true,
      wrongToken: true,
    };
    expect(mockOf(behaviour, { ok: true }, false)).toEqual({
      outcome: 'succeed',
      delayMs: 1500,
      data: { ok: true },
      duplicates: 2,
      heartbeats: 3,
      conflicting: true,
      wrongToken: true,
    });
  });

  it.each([
    ['silent', { outcome: 'silent', heartbeats: 3, wrongToken: true }],
    ['reject', { outcome: 'reject' }],
    ['fail', { outcome: 'fail', delayMs: 1000, duplicates: 2, heartbeats: 3, conflicting: true, wrongToken: true }],
  ] as const)('leaves out what the mock would refuse together with “%s”', (outcome, expected) => {
    const everything = {
      ...INITIAL,
      delaySeconds: 1,
      duplicates: 2,
      heartbeats: 3,
      conflicting: true,
      wrongToken: true,
    };
    expect(mockOf({ ...everything, outcome }, { ok: true }, false)).toEqual(expected);
  });

  it('is only how the request is taken when a person answers', () => {
    const everything = { ...INITIAL, outcome: 'flaky', delaySeconds: 1, heartbeats: 3, wrongToken: true } as const;
    expect(mockOf(everything, { ok: true }, true)).toEqual({ outcome: 'flaky' });
  });

  it('offers only what comes before an answer when a person answers', () => {
    expect(outcomesFor(true).map(({ label }) => label)).toEqual(['Is you', 'Rejects', 'Is flaky']);
    expect(outcomesFor(false)).toHaveLength(5);
  });
});
