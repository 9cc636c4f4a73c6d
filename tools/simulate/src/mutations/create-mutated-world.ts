import { World, type WorldOptions } from '../world/world';
import { bundleMutants } from './mutant-bundles';
import type { Mutation } from './mutation';
import { MUTATIONS } from './mutations';
import { StackEdits } from './stack-edits';

/**
 * Creates a world with a known bug in it.
 *
 * @throws {MutationError} when what the mutation changes is gone
 */
export async function createMutatedWorld(options: WorldOptions, name: string): Promise<World> {
  const mutation: Mutation | undefined = MUTATIONS[name];
  if (mutation === undefined) {
    throw new Error(`there is no mutation "${name}"; there are ${Object.keys(MUTATIONS).join(', ')}`);
  }
  const { code, policy, states = [] } = mutation;
  const edits = new StackEdits(name, states, policy);
  const replacedCode = code === undefined ? new Map<string, string>() : await bundleMutants(name, code);
  const world = await World.create({ ...options, replacedCode, editStack: edits.edit });
  edits.requirePlanted();
  return world;
}
