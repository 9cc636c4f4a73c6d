/**
 * Request members and their constraints, checked and reported as AWS does it: a member of the wrong JSON type is a
 * `SerializationException`; violated constraints are collected into one `ValidationException`.
 */
import { serializationException, validationException } from './errors';

/** One member of a request. */
export interface Field<T> {
  /** @param path as AWS names it, for instance `tags.1.member.key` */
  read(value: unknown, path: string, violations: string[]): T;
}

/** What a field or a structure yields. */
export type Infer<F> = F extends Field<infer T> ? T : never;

type Structure<M extends Record<string, Field<unknown>>> = {
  [K in keyof M as undefined extends Infer<M[K]> ? never : K]: Infer<M[K]>;
} & { [K in keyof M as undefined extends Infer<M[K]> ? K : never]?: Exclude<Infer<M[K]>, undefined> };

interface StringConstraints<E extends string> {
  readonly min?: number;
  readonly max?: number;
  /** Lengths count UTF-8 bytes instead of characters. */
  readonly bytes?: boolean;
  /** What the whole value has to match, as AWS writes it in messages. */
  readonly pattern?: string;
  readonly oneOf?: readonly E[];
  /** The value is never repeated in a message: task tokens, payloads. */
  readonly sensitive?: boolean;
}

function jsonToken(value: unknown): string {
  if (typeof value === 'object') {
    return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
  }
  return typeof value === 'boolean' ? `${String(value).toUpperCase()}_VALUE` : `${(typeof value).toUpperCase()}_VALUE`;
}

function mistyped(value: unknown, path: string, wanted: string): Error {
  return serializationException(`${jsonToken(value)} cannot be converted to ${wanted} at '${path}'`);
}

function violation(shown: string, path: string, constraint: string): string {
  return `Value ${shown}at '${path}' failed to satisfy constraint: Member must ${constraint}`;
}

const NOT_NULL = (path: string): string => violation('null ', path, 'not be null');

export function string<const E extends string = string>(constraints: StringConstraints<E> = {}): Field<E> {
  const { min = 0, max = Number.POSITIVE_INFINITY, bytes = false, pattern, oneOf, sensitive = false } = constraints;
  const whole = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, 'u');
  return {
    read(value, path, violations) {
      if (value === undefined || value === null) {
        violations.push(NOT_NULL(path));
        return '' as E;
      }
      if (typeof value !== 'string') {
        throw mistyped(value, path, 'String');
      }
      const report = (constraint: string): void => {
        violations.push(violation(sensitive ? '' : `'${value}' `, path, constraint));
      };
      // A string of n UTF-16 units has at most 3n bytes: short ones need no count.
      const length = bytes && value.length * 3 > max ? Buffer.byteLength(value) : value.length;
      if (length < min) {
        report(`have length greater than or equal to ${min}`);
      } else if (length > max) {
        report(`have length less than or equal to ${max}`);
      } else if (whole !== undefined && !whole.test(value)) {
        report(`satisfy regular expression pattern: ${pattern}`);
      } else if (oneOf !== undefined && !(oneOf as readonly string[]).includes(value)) {
        report(`satisfy enum value set: [${oneOf.join(', ')}]`);
      }
      return value as E;
    },
  };
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

function numeric(type: 'Integer' | 'Float', { min, max }: Range, convert: (given: number) => number): Field<number> {
  return {
    read(given, path, violations) {
      if (given === undefined || given === null) {
        violations.push(NOT_NULL(path));
        return 0;
      }
      if (typeof given !== 'number') {
        throw mistyped(given, path, type);
      }
      const value = convert(given);
      if (min !== undefined && value < min) {
        violations.push(violation(`'${value}' `, path, `have value greater than or equal to ${min}`));
      } else if (max !== undefined && value > max) {
        violations.push(violation(`'${value}' `, path, `have value less than or equal to ${max}`));
      }
      return value;
    },
  };
}

/** AWS cuts a fraction off. */
export const integer = (range: Range = {}): Field<number> => numeric('Integer', range, Math.trunc);

export const number = (range: Range): Field<number> => numeric('Float', range, (given) => given);

export function boolean(): Field<boolean> {
  return {
    read(value, path, violations) {
      if (value === undefined || value === null) {
        violations.push(NOT_NULL(path));
        return false;
      }
      if (typeof value !== 'boolean') {
        throw mistyped(value, path, 'Boolean');
      }
      return value;
    },
  };
}

export function list<T>(
  item: Field<T>,
  constraints: { readonly min?: number; readonly max?: number; readonly itemName?: string } = {},
): Field<readonly T[]> {
  const { itemName } = constraints;
  return {
    read(value, path, violations) {
      if (value === undefined || value === null) {
        violations.push(NOT_NULL(path));
        return [];
      }
      if (!Array.isArray(value)) {
        throw mistyped(value, path, 'List');
      }
      if (constraints.min !== undefined && value.length < constraints.min) {
        violations.push(violation("'[]' ", path, `have length greater than or equal to ${constraints.min}`));
      } else if (constraints.max !== undefined && value.length > constraints.max) {
        const shown = itemName === undefined ? '' : `'${shownList(value, itemName)}' `;
        violations.push(violation(shown, path, `have length less than or equal to ${constraints.max}`));
      }
      return value.map((element: unknown, index) => item.read(element, `${path}.${index + 1}.member`, violations));
    },
  };
}

/** As AWS shows the structures of a list: `[Item(name=value, other=1)]`. */
function shownList(items: readonly unknown[], itemName: string): string {
  const shown = items.map((item) => {
    const members = Object.entries(Object(item)).map(([name, value]) => `${name}=${String(value)}`);
    return `${itemName}(${members.join(', ')})`;
  });
  return `[${shown.join(', ')}]`;
}

export function optional<T>(field: Field<T>): Field<T | undefined> {
  return {
    read: (value, path, violations) =>
      value === undefined || value === null ? undefined : field.read(value, path, violations),
  };
}

export function structure<M extends Record<string, Field<unknown>>>(members: M): Field<Structure<M>> {
  const fields = Object.entries(members);
  return {
    read(value, path, violations) {
      if (value === undefined || value === null) {
        violations.push(NOT_NULL(path));
        return {} as Structure<M>;
      }
      if (typeof value !== 'object' || Array.isArray(value)) {
        throw mistyped(value, path, 'Structure');
      }
      const source = value as Record<string, unknown>;
      const result: Record<string, unknown> = {};
      for (const [name, field] of fields) {
        const member = field.read(source[name], path === '' ? name : `${path}.${name}`, violations);
        if (member !== undefined) {
          result[name] = member;
        }
      }
      return result as Structure<M>;
    },
  };
}

/**
 * Reads a request.
 *
 * @throws {AwsError} `SerializationException` or `ValidationException`
 */
export function readRequest<T>(field: Field<T>, value: unknown): T {
  const violations: string[] = [];
  const request = field.read(value, '', violations);
  if (violations.length > 0) {
    const plural = violations.length === 1 ? '' : 's';
    throw validationException(`${violations.length} validation error${plural} detected: ${violations.join('; ')}`);
  }
  return request;
}
