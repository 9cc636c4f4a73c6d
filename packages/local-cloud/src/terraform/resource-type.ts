import type { JsonValue } from '@workflows/states-language';
import * as v from 'valibot';
import type { Cloud } from '../cloud';
import { UnsupportedTerraformError } from './errors';
import { generatedName } from './generated-name';
import type { JsonObject } from './stack';

/** Where a resource is created. */
export interface ResourceContext {
  readonly cloud: Cloud;
  readonly stackName: string;
  /** Folder that relative file names start from. */
  readonly directory: string;
  /** `aws_lambda_function.f` */
  readonly address: string;
}

/** A resource type or data source: the arguments it takes, and what creating one does. */
export interface ResourceType {
  readonly mode: 'resource' | 'data';
  readonly type: string;
  /** Why creating one does nothing here, for types without an effect at run time. */
  readonly withoutEffect?: string;
  /** @returns the attributes that others may refer to, besides the arguments. */
  create(body: JsonObject, context: ResourceContext): Promise<JsonObject>;
}

interface Definition<T extends v.ObjectEntries> {
  readonly type: string;
  /** Whether `name` may be left out, or be given as `name_prefix`: it is then generated. @default false */
  readonly generatesName?: boolean;
  readonly arguments: T;
  readonly withoutEffect?: string;
  readonly create: (
    values: v.InferOutput<v.StrictObjectSchema<T, undefined>>,
    context: ResourceContext,
  ) => JsonObject | Promise<JsonObject>;
}

/** A resource type, such as `aws_lambda_function`. */
export const resourceType = <const T extends v.ObjectEntries>(definition: Definition<T>): ResourceType =>
  define('resource', definition);

/** A data source, such as `aws_region`. */
export const dataSource = <const T extends v.ObjectEntries>(definition: Definition<T>): ResourceType =>
  define('data', definition);

function define<T extends v.ObjectEntries>(mode: ResourceType['mode'], definition: Definition<T>): ResourceType {
  const schema = v.strictObject(definition.arguments);
  return {
    mode,
    type: definition.type,
    ...(definition.withoutEffect === undefined ? {} : { withoutEffect: definition.withoutEffect }),
    create: async (given, context) => {
      const body = definition.generatesName === true ? named(given) : given;
      const parsed = v.safeParse(schema, withoutNulls(body));
      if (!parsed.success) {
        throw unsupported(parsed.issues[0], definition.arguments);
      }
      const computed = await definition.create(parsed.output, context);
      return { ...body, ...computed };
    },
  };
}

/** The name stands in the place of its prefix. Where both are given, which Terraform refuses, both stay. */
function named(body: JsonObject): JsonObject {
  const { name, name_prefix: prefix, ...others } = withoutNulls(body);
  return name === undefined && (prefix === undefined || typeof prefix === 'string')
    ? { ...others, name: generatedName(prefix ?? 'terraform-') }
    : body;
}

/** To Terraform a null argument is one that is not there. */
function withoutNulls(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

function unsupported(issue: v.BaseIssue<unknown>, entries: v.ObjectEntries): UnsupportedTerraformError {
  const deepest = deepestIssue(issue);
  const path = [issue, deepest === issue ? undefined : deepest]
    .flatMap((it) => it?.path ?? [])
    .map(({ key }) => String(key));
  const argument = path.join('.');
  if (deepest.expected === 'never') {
    const siblings = path.length === 1 ? `; supported: ${Object.keys(entries).sort().join(', ')}` : '';
    return new UnsupportedTerraformError(`argument \`${argument}\` is not supported${siblings}`);
  }
  if (deepest.received === 'undefined') {
    return new UnsupportedTerraformError(`argument \`${argument}\` is missing`);
  }
  const received = shorten(deepest.received);
  return new UnsupportedTerraformError(
    `argument \`${argument}\` is ${received}; supported: ${deepest.expected ?? 'another value'}`,
  );
}

/** Of the alternatives of a block, the one that came furthest says what is wrong. */
function deepestIssue(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const nested = issue.issues?.map(deepestIssue) ?? [];
  const [deepest] = nested.sort((a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0));
  return deepest?.path === undefined ? issue : deepest;
}

function shorten(received: JsonValue): string {
  const text = String(received);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
