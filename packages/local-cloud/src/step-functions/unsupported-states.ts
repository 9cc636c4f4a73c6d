import { type Definition, type Diagnostic, parseTaskResource, statesOf } from '@workflows/states-language';
import type { SupportedIntegrations } from './context';

const FIELDS_NOT_RUN = ['ItemReader', 'ResultWriter'];

/** The states of a valid definition that AWS would run and this runtime cannot: refused before anything runs. */
export function unsupportedStates(definition: Definition, integrations: SupportedIntegrations): Diagnostic[] {
  return [...statesOf(definition)].flatMap(({ location, state }) => {
    if (state.Type === 'Task') {
      return integrations.find(parseTaskResource(state.Resource)) === undefined
        ? [
            refusal(
              `The resource '${state.Resource}' is not supported by this runtime. Supported: ${integrations.description}`,
              `${location}/Resource`,
            ),
          ]
        : [];
    }
    return FIELDS_NOT_RUN.filter((field) => state.Type === 'Map' && field in state).map((field) =>
      refusal(
        `${field} is not supported by this runtime. Supported: a Map state that takes its items from its input and passes its results on`,
        `${location}/${field}`,
      ),
    );
  });
}

const refusal = (message: string, location: string): Diagnostic => ({
  severity: 'ERROR',
  code: 'SCHEMA_VALIDATION_FAILED',
  message,
  location,
});
