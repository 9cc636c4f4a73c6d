import type { JsonValue } from '@workflows/states-language';
import { javaName } from './java-names';

/** What this module needs of the schema of a shape, which clients of the AWS SDK carry. */
export interface Shape {
  isStructSchema(): boolean;
  isUnionSchema(): boolean;
  isListSchema(): boolean;
  isMapSchema(): boolean;
  isBlobSchema(): boolean;
  isTimestampSchema(): boolean;
  isStringSchema(): boolean;
  getValueSchema(): Shape;
  structIterator(): Iterable<[name: string, member: Shape]>;
}

/** How members and instants are written in the output of a state: by version of the AWS SDK for Java. */
export interface OutputStyle {
  nameOf(name: string): string;
  instant(time: Date): JsonValue;
}

/** Optimized integrations: members as the service names them, with a capital, and instants in epoch milliseconds. */
export const OPTIMIZED_STYLE: OutputStyle = {
  nameOf: (name) => name.charAt(0).toUpperCase() + name.slice(1),
  instant: (time) => time.getTime(),
};

/** `aws-sdk` integrations. */
export const AWS_SDK_STYLE: OutputStyle = {
  nameOf: javaName,
  instant: (time) => time.toISOString().replace('.000Z', 'Z'),
};

/** A member of the arguments that the service does not know. */
export class UnknownFieldError extends Error {
  override readonly name = 'UnknownFieldError';
}

/**
 * The input of a command, from the arguments of a state. Members may be written as Step Functions or as the service
 * names them. Text stands for bytes, and any JSON for text and bytes.
 *
 * @throws {UnknownFieldError}
 */
export function commandInput(value: JsonValue, shape: Shape): unknown {
  if (value === null) {
    return undefined;
  }
  if (shape.isTimestampSchema()) {
    return typeof value === 'string' || typeof value === 'number' ? instantOf(value) : value;
  }
  if (shape.isBlobSchema()) {
    return Buffer.from(textOf(value));
  }
  if (shape.isStringSchema()) {
    return textOf(value);
  }
  if (Array.isArray(value)) {
    return shape.isListSchema() ? value.map((item) => commandInput(item, shape.getValueSchema())) : value;
  }
  if (typeof value !== 'object') {
    return value;
  }
  if (shape.isMapSchema()) {
    const values = shape.getValueSchema();
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, commandInput(item, values)]));
  }
  return isStructure(shape) ? structureInput(value, shape) : value;
}

function structureInput(value: { readonly [name: string]: JsonValue }, shape: Shape): Record<string, unknown> {
  const members = new Map<string, [string, Shape]>();
  for (const [name, member] of shape.structIterator()) {
    members.set(comparable(javaName(name)), [name, member]);
    members.set(comparable(name), [name, member]);
  }
  return Object.fromEntries(
    Object.entries(value).map(([given, item]) => {
      const found = members.get(comparable(given));
      if (found === undefined) {
        throw new UnknownFieldError(`The field "${given}" is not supported by Step Functions`);
      }
      const [name, member] = found;
      return [name, commandInput(item, member)];
    }),
  );
}

/** The output of a state, from that of a command. */
export async function stateOutput(value: unknown, shape: Shape | undefined, style: OutputStyle): Promise<JsonValue> {
  if (value instanceof Date) {
    return style.instant(value);
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString();
  }
  if (isStream(value)) {
    return value.transformToString();
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((item) => stateOutput(item, shape?.getValueSchema(), style)));
  }
  if (typeof value === 'bigint') {
    return Number(value);
  }
  if (typeof value !== 'object' || value === null) {
    return (value ?? null) as JsonValue;
  }
  return shape !== undefined && isStructure(shape)
    ? structureOutput(value, new Map(shape.structIterator()), style)
    : mapOutput(value, shape?.isMapSchema() === true ? shape.getValueSchema() : undefined, style);
}

async function structureOutput(
  value: object,
  members: ReadonlyMap<string, Shape>,
  style: OutputStyle,
): Promise<JsonValue> {
  const output: Record<string, JsonValue> = {};
  for (const [name, item] of Object.entries(value)) {
    const member = members.get(name);
    if (item !== undefined && member !== undefined) {
      output[style.nameOf(name)] = await stateOutput(item, member, style);
    }
  }
  return output;
}

/** Keys of a map are the user's, and stay as they are. */
async function mapOutput(value: object, values: Shape | undefined, style: OutputStyle): Promise<JsonValue> {
  const output: Record<string, JsonValue> = {};
  for (const [key, item] of Object.entries(value)) {
    output[key] = await stateOutput(item, values, style);
  }
  return output;
}

const isStructure = (shape: Shape): boolean => shape.isStructSchema() || shape.isUnionSchema();

const comparable = (name: string): string => name.toLowerCase();

const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** ISO 8601 text, or epoch seconds. */
function instantOf(value: string | number): Date {
  return new Date(typeof value === 'number' ? value * 1000 : value);
}

function isStream(value: unknown): value is { transformToString(): Promise<string> } {
  return typeof value === 'object' && value !== null && 'transformToString' in value;
}
