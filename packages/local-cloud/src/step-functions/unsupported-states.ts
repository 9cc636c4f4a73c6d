import { type Definition, isActivity, parseTaskResource, statesOf } from '@workflows/states-language';
import type { SupportedIntegrations } from './context';

const FIELDS_NOT_RUN = ['ItemReader', 'ResultWriter'];

/** The states of a valid definition that this runtime cannot run, each with what is wrong: their executions fail. */
export function unsupportedStates(definition: Definition, integrations: SupportedIntegrations): string[] {
  return [...statesOf(definition)].flatMap(({ location, state }) => {
    if (state.Type === 'Task') {
      const resource = parseTaskResource(state.Resource);
      return !isActivity(resource) && integrations.find(resource) === undefined
        ? [`${integrations.refusal(state.Resource)} (at ${location}/Resource)`]
        : [];
    }
    return FIELDS_NOT_RUN.filter((field) => state.Type === 'Map' && field in state).map(
      (field) =>
        `${field} is not supported by this runtime. Supported: a Map state that takes its items from its input and passes its results on (at ${location}/${field})`,
    );
  });
}
