import { UnsupportedTerraformError } from './errors';
import type { ResourceType } from './resource-type';
import * as resources from './resources';
import type { Block } from './stack';

/** Every resource type and data source that the runtime knows. */
export const TYPES: readonly ResourceType[] = Object.values(resources).flat();

const KINDS = { resource: 'resource type', data: 'data source' } as const;

/** @throws {UnsupportedTerraformError} listing what is supported, when the runtime does not know the type */
export function typeOf({ mode, type }: Pick<Block, 'mode' | 'type'>): ResourceType {
  const known = TYPES.filter((it) => it.mode === mode);
  const found = known.find((it) => it.type === type);
  if (found !== undefined) {
    return found;
  }
  const names = known.map((it) => it.type).sort();
  throw new UnsupportedTerraformError(`${KINDS[mode]} \`${type}\` is not supported; supported: ${names.join(', ')}`);
}
