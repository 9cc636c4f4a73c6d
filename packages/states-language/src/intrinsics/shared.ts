/** Names of the hash algorithms that the language offers, and Node's names for them. */
export const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** Characters that `States.Base64Encode`, `States.Base64Decode` and `States.Hash` take. */
export const MAX_HASH_INPUT = 10_000;

/** Elements that `States.ArrayRange` may produce. */
export const MAX_RANGE_LENGTH = 1_000;

/** A number in [0, 1) that depends on nothing but the seed (mulberry32). */
export function seededRandom(seed: number): number {
  let state = (Math.trunc(seed) + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
}
