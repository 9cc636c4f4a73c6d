import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret that stands for the task outside of the account: 256 random bits, safe in URLs and headers. */
export const newResumeToken = (): string => randomBytes(32).toString('base64url');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Compares two tokens in time that depends on neither. Both are hashed first, so that their lengths do not show
 * either; a missing token equals nothing, after the same work.
 *
 * @see https://nodejs.org/api/crypto.html#cryptotimingsafeequala-b
 */
export function tokensMatch(sent: string | undefined, stored: string | undefined): boolean {
  const equal = timingSafeEqual(digest(sent ?? ''), digest(stored ?? ''));
  return equal && sent !== undefined && stored !== undefined;
}
