import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@workflows/states-language';
import { UnsupportedTerraformError } from './errors';

export type JsonObject = { [key: string]: JsonValue };

/** One resource or data source of a stack. */
export interface Block {
  /** `aws_lambda_function.f`, `data.aws_region.r` */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly mode: 'resource' | 'data';
  /** Arguments as written: unevaluated, without meta-arguments. */
  readonly body: JsonObject;
  readonly dependsOn: readonly string[];
}

/** A synthesized stack, unevaluated. */
export interface Stack {
  readonly name: string;
  /** Folder that relative file names in the stack start from. */
  readonly directory: string;
  readonly region: string;
  readonly blocks: readonly Block[];
  readonly outputs: readonly StackOutput[];
}

export interface StackOutput {
  readonly name: string;
  readonly value: JsonValue;
  readonly sensitive: boolean;
}

/**
 * Reads every stack below `outDir` (`cdktf.out`), ordered by name.
 * @throws {UnsupportedTerraformError} when there is none, or one has a top-level section that the runtime does not read.
 */
export function readStacks(outDir: string): Stack[] {
  const root = join(outDir, 'stacks');
  const names = existsSync(root) ? readdirSync(root).filter((name) => existsSync(join(root, name, 'cdk.tf.json'))) : [];
  if (names.length === 0) {
    throw new UnsupportedTerraformError(
      `no synthesized stack in ${outDir}: expected stacks/*/cdk.tf.json. Build and synthesize the stacks first`,
    );
  }
  return names.sort().map((name) => readStack(name, join(root, name)));
}

function readStack(name: string, directory: string): Stack {
  const file = join(directory, 'cdk.tf.json');
  const parsed = JSON.parse(readFileSync(file, 'utf8')) as JsonValue;
  const json = asObject(parsed, `${file} is not a JSON object`);
  const sections = ['//', 'terraform', 'provider', 'resource', 'data', 'output'];
  for (const section of Object.keys(json)) {
    if (!sections.includes(section)) {
      throw new UnsupportedTerraformError(
        `${name}: section \`${section}\` is not supported; supported: ${sections.join(', ')}`,
      );
    }
  }
  return {
    name,
    directory,
    region: readRegion(name, json.provider ?? {}),
    blocks: [...readBlocks(name, 'data', json.data ?? {}), ...readBlocks(name, 'resource', json.resource ?? {})],
    outputs: Object.entries(asObject(json.output ?? {}, `${name}: output is not an object`)).map(([key, output]) => {
      const { value, sensitive } = asObject(output, `${name}: output ${key} is not an object`);
      return { name: key, value: value ?? null, sensitive: sensitive === true };
    }),
  };
}

function readRegion(stack: string, providers: JsonValue): string {
  const object = asObject(providers, `${stack}: provider is not an object`);
  const unknown = Object.keys(object).find((provider) => provider !== 'aws');
  if (unknown !== undefined) {
    throw new UnsupportedTerraformError(`${stack}: provider \`${unknown}\` is not supported; supported: aws`);
  }
  const aws = [object.aws ?? {}].flat().map((entry) => asObject(entry, `${stack}: provider aws is not an object`));
  if (aws.length > 1) {
    throw new UnsupportedTerraformError(`${stack}: ${aws.length} aws providers; supported: one per stack`);
  }
  const region = aws[0]?.region ?? 'us-east-1';
  if (typeof region !== 'string' || region.includes('${')) {
    throw new UnsupportedTerraformError(`${stack}: provider aws has no literal region: ${JSON.stringify(region)}`);
  }
  return region;
}

function readBlocks(stack: string, mode: Block['mode'], section: JsonValue): Block[] {
  return Object.entries(asObject(section, `${stack}: ${mode} is not an object`)).flatMap(([type, named]) =>
    Object.entries(asObject(named, `${stack}: ${type} is not an object`)).map(([name, body]) => {
      const address = mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
      return {
        address,
        type,
        name,
        mode,
        ...splitMeta(stack, address, asObject(body, `${stack}: ${address} is not an object`)),
      };
    }),
  );
}

const REFUSED_META = ['count', 'for_each', 'provisioner', 'connection'];
const META = ['//', 'depends_on', 'lifecycle', 'provider'];

/** `lifecycle` and `provider` (there is one) say how Terraform goes about a change; a fresh start has none. */
function splitMeta(stack: string, address: string, body: JsonObject): Pick<Block, 'body' | 'dependsOn'> {
  for (const argument of REFUSED_META) {
    if (argument in body) {
      throw new UnsupportedTerraformError(
        `${stack}: ${address}: meta-argument \`${argument}\` is not supported; supported: depends_on, lifecycle, provider`,
      );
    }
  }
  const dependsOn = Array.isArray(body.depends_on) ? body.depends_on.map(String) : [];
  return { dependsOn, body: Object.fromEntries(Object.entries(body).filter(([key]) => !META.includes(key))) };
}

function asObject(value: JsonValue, problem: string): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new UnsupportedTerraformError(problem);
  }
  return value;
}
