import { UnsupportedTerraformError } from './errors';
import { referencesIn } from './evaluate';
import type { Block, Stack } from './stack';

/** A stack's blocks, each after everything that it refers to or depends on; otherwise by address, so that a start is repeatable. */
export function inOrder(stack: Stack): Block[] {
  const blocks = new Map(stack.blocks.map((block) => [block.address, block]));
  const ordered: Block[] = [];
  const state = new Map<string, 'visiting' | 'done'>();

  const visit = (block: Block, from: readonly string[]) => {
    if (state.get(block.address) === 'done') {
      return;
    }
    if (state.get(block.address) === 'visiting') {
      throw new UnsupportedTerraformError(`${stack.name}: dependency cycle: ${[...from, block.address].join(' -> ')}`);
    }
    state.set(block.address, 'visiting');
    for (const address of dependencies(stack, block)) {
      const dependency = blocks.get(address);
      if (dependency === undefined) {
        throw new UnsupportedTerraformError(
          `${stack.name}: ${block.address} refers to \`${address}\`, which is not in the stack`,
        );
      }
      visit(dependency, [...from, block.address]);
    }
    state.set(block.address, 'done');
    ordered.push(block);
  };

  for (const address of [...blocks.keys()].sort()) {
    visit(blocks.get(address) as Block, []);
  }
  return ordered;
}

function dependencies(stack: Stack, block: Block): string[] {
  try {
    const referenced = referencesIn(block.body).map(({ address }) => address);
    const addresses = new Set([...referenced, ...block.dependsOn]);
    addresses.delete('terraform');
    return [...addresses].sort();
  } catch (error) {
    if (!(error instanceof UnsupportedTerraformError)) {
      throw error;
    }
    throw new UnsupportedTerraformError(`${stack.name}: ${block.address}: ${error.message}`);
  }
}
