/** A function of two objects that is computed once for each pair. */
export function remembered<A extends object, B extends object, Result>(
  compute: (one: A, other: B) => Result,
): (one: A, other: B) => Result {
  const known = new WeakMap<A, WeakMap<B, Result>>();
  return (one, other) => {
    let results = known.get(one);
    if (results === undefined) {
      results = new WeakMap();
      known.set(one, results);
    }
    let result = results.get(other);
    if (result === undefined) {
      result = compute(one, other);
      results.set(other, result);
    }
    return result;
  };
}
