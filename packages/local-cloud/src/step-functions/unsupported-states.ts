import { type Diagnostic, parseTaskResource } from '@workflows/states-language';
import type { SupportedIntegrations } from './context';

/** A Task state's `Resource`, and where it stands. */
export interface UsedResource {
  readonly resource: string;
  /** A JSON pointer into the definition. */
  readonly location: string;
}

/** The parts of a definition that hold states. */
interface StatesHolder {
  readonly States?: Readonly<Record<string, StateFields>>;
}

interface StateFields {
  readonly Type?: string;
  readonly Resource?: string;
  readonly Branches?: readonly StatesHolder[];
  readonly ItemProcessor?: StatesHolder;
  readonly Iterator?: StatesHolder;
}

/** @param definition JSON text of a valid definition */
export function usedResources(definition: string): UsedResource[] {
  return [...resourcesOf(JSON.parse(definition), '')];
}

function* resourcesOf({ States: states = {} }: StatesHolder, location: string): Generator<UsedResource> {
  for (const [name, state] of Object.entries(states)) {
    const here = `${location}/States/${name}`;
    if (state.Type === 'Task' && state.Resource !== undefined) {
      yield { resource: state.Resource, location: `${here}/Resource` };
    }
    for (const [index, branch] of (state.Branches ?? []).entries()) {
      yield* resourcesOf(branch, `${here}/Branches[${index}]`);
    }
    for (const field of ['ItemProcessor', 'Iterator'] as const) {
      yield* resourcesOf(state[field] ?? {}, `${here}/${field}`);
    }
  }
}

/** What the language knows and this runtime has nothing to carry out with: refused before anything runs. */
export function unsupportedResources(
  resources: readonly UsedResource[],
  integrations: SupportedIntegrations,
): Diagnostic[] {
  return resources
    .filter(({ resource }) => !integrations.supports(parseTaskResource(resource)))
    .map(({ resource, location }) => ({
      severity: 'ERROR',
      code: 'SCHEMA_VALIDATION_FAILED',
      message: `The resource '${resource}' is not supported by this runtime. Supported: ${integrations.description}`,
      location,
    }));
}
