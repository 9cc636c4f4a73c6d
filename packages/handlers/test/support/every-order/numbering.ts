/** Gives values that are equal as JSON the same number and the same object, and looks at each object once. */
export class Numbering<T extends object = object> {
  readonly #byText = new Map<string, number>();
  readonly #byObject = new WeakMap<T, number>();
  readonly #firsts: T[] = [];

  of(value: T | undefined): number {
    if (value === undefined) {
      return -1;
    }
    const known = this.#byObject.get(value);
    if (known !== undefined) {
      return known;
    }
    const text = JSON.stringify(value);
    let number = this.#byText.get(text);
    if (number === undefined) {
      number = this.#firsts.push(value) - 1;
      this.#byText.set(text, number);
    }
    this.#byObject.set(value, number);
    return number;
  }

  /** The first value that was equal to this one. */
  same(value: T): T {
    return this.#firsts[this.of(value)] ?? value;
  }
}
