const MASK = (1n << 48n) - 1n;
const MULTIPLIER = 0x5deece66dn;

/**
 * The first `nextDouble()` of `java.util.Random` with a seed: what `$random(seed)` gives on AWS, bit for bit
 * (measured: github.com/floci-io/floci/issues/2662).
 *
 * @see https://docs.oracle.com/javase/8/docs/api/java/util/Random.html
 */
export function javaRandom(seed: number): number {
  let state = (BigInt(Math.trunc(seed)) ^ MULTIPLIER) & MASK;
  const next = (bits: bigint): number => {
    state = (state * MULTIPLIER + 0xbn) & MASK;
    return Number(state >> (48n - bits));
  };
  const high = next(26n);
  return (high * 2 ** 27 + next(27n)) / 2 ** 53;
}
