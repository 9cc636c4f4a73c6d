import type { JsonValue } from '@workflows/states-language';
import type { Cloud } from '../cloud';
import { AwsError } from '../contracts';
import { UnsupportedError } from '../unsupported-error';
import { UnsupportedTerraformError } from './errors';
import { evaluateDocument, type Reference } from './evaluate';
import { inOrder } from './order';
import { typeOf } from './registry';
import type { ResourceContext } from './resource-type';
import type { Block, Stack } from './stack';

/** `{"<stack>": {"<output>": value}}`, as `cdktf deploy --outputs-file` writes it: without sensitive outputs. */
export type Outputs = Record<string, Record<string, JsonValue>>;

/**
 * Creates everything in a stack, each resource after those that it refers to.
 * @returns the stack's outputs
 * @throws {UnsupportedTerraformError} one line with the stack, the address and what is supported
 */
export async function applyStack(stack: Stack, cloud: Cloud): Promise<Record<string, JsonValue>> {
  const created = new Map<string, JsonValue>([['terraform', { workspace: 'default' }]]);
  const scope = ({ address }: Reference): JsonValue => {
    const attributes = created.get(address);
    if (attributes === undefined) {
      throw new UnsupportedTerraformError(`\`${address}\` is not in the stack`);
    }
    return attributes;
  };
  for (const block of inOrder(stack)) {
    await locating(stack, block.address, async () => {
      const body = evaluateDocument(block.body, scope) as Block['body'];
      const context: ResourceContext = {
        cloud,
        stackName: stack.name,
        directory: stack.directory,
        address: block.address,
      };
      created.set(block.address, await typeOf(block).create(body, context));
    });
  }
  const outputs: Record<string, JsonValue> = {};
  for (const { name, sensitive, value } of stack.outputs) {
    if (sensitive) {
      continue;
    }
    await locating(stack, `output ${name}`, async () => {
      outputs[name] = evaluateDocument(value, scope);
    });
  }
  return outputs;
}

/** Says where it happened. Faults of the runtime itself pass as they are. */
async function locating(stack: Stack, address: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UnsupportedError) && !(error instanceof AwsError)) {
      throw error;
    }
    const code = error instanceof AwsError ? `${error.code}: ` : '';
    throw new UnsupportedTerraformError(`${stack.name}: ${address}: ${code}${error.message}`);
  }
}
