/** What a mutant may export in place of a module's export: a string may become any other, all else keeps its type. */
export type Replacement<Module, Name extends keyof Module> = Module[Name] extends string ? string : Module[Name];

/** The target with some of its methods replaced. The others run on the target itself, so that `#private` works. */
export const overriding = <T extends object>(target: T, methods: Partial<T>): T =>
  new Proxy(target, {
    get(_target, name) {
      const value: unknown = Reflect.get(name in methods ? methods : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

/** Replaces a part of an expression. @throws Error when the part is gone: the mutant would be no mutant. */
export function replacing(expression: string, part: string, replacement: string): string {
  if (!expression.includes(part)) {
    throw new Error(`a mutant looks for "${part}", which is gone; change the mutant. The expression is: ${expression}`);
  }
  return expression.replace(part, replacement);
}
