import { type Definition, isActivity, parseTaskResource, statesOf } from '@workflows/states-language';
import type { SupportedIntegrations } from './context';

/** The states of a valid definition that this runtime cannot run, each with what is wrong: their executions fail. */
export function unsupportedStates(definition: Definition, integrations: SupportedIntegrations): string[] {
  return [...statesOf(definition)].flatMap(({ location, state }) => {
    if (state.Type !== 'Task') {
      return [];
    }
    const resource = parseTaskResource(state.Resource);
    return !isActivity(resource) && integrations.find(resource) === undefined
      ? [`${integrations.refusal(state.Resource)} (at ${location}/Resource)`]
      : [];
  });
}
