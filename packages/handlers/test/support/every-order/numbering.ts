/** Gives values that are equal as JSON the same number, and looks at each object once. */
export class Numbering {
  readonly #byText = new Map<string, number>();
  readonly #byObject = new WeakMap<object, number>();

  of(value: object | undefined): number {
    if (value === undefined) {
      return -1;
    }
    const known = this.#byObject.get(value);
    if (known !== undefined) {
      return known;
    }
    const text = JSON.stringify(value);
    const number = this.#byText.get(text) ?? this.#byText.size;
    this.#byText.set(text, number);
    this.#byObject.set(value, number);
    return number;
  }
}
