/** Proves that comparing tokens takes the same steps whatever is compared. */
import crypto from 'node:crypto';
import { newResumeToken, tokensMatch } from '../../src/tasks/tokens';

const token = 'q6kXU0T2m3n4o5p6q7r8s9t0u1v2w3x4y5z6A7B8C9D';

describe('tokensMatch', () => {
  it('accepts the token, and nothing else', () => {
    expect(tokensMatch(token, token)).toBe(true);
    for (const sent of [
      undefined,
      '',
      token.slice(0, -1),
      `${token}=`,
      ` ${token}`,
      token.toLowerCase(),
      token.replace('A', '\u0391'),
      `${token}\u0000`,
    ]) {
      expect(tokensMatch(sent, token)).toBe(false);
    }
  });

  it('accepts nothing for a task that has no token yet, not even nothing', () => {
    for (const sent of [undefined, '', token]) {
      expect(tokensMatch(sent, undefined)).toBe(false);
    }
  });

  it('compares digests of one length in constant time, however long and however alike the tokens are', () => {
    const compare = jest.spyOn(crypto, 'timingSafeEqual');
    const sent = [undefined, '', 'x', token, `${token.slice(0, -1)}E`, 'y'.repeat(100_000)];

    for (const one of sent) {
      tokensMatch(one, token);
    }

    expect(compare).toHaveBeenCalledTimes(sent.length);
    for (const [a, b] of compare.mock.calls) {
      expect([a.byteLength, b.byteLength]).toEqual([32, 32]);
    }
    compare.mockRestore();
  });
});

describe('newResumeToken', () => {
  it('has 256 random bits, in characters that need no encoding', () => {
    const tokens = Array.from({ length: 1000 }, newResumeToken);

    expect(new Set(tokens).size).toBe(1000);
    for (const it of tokens) {
      expect(it).toMatch(/^[A-Za-z0-9_-]{43}$/);
    }
  });
});
