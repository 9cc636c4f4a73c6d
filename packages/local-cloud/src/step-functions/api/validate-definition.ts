import { validateDefinition } from '@workflows/states-language';
import { operation } from '../context';
import * as members from '../members';
import { integer, optional, string, structure } from '../shapes';

/**
 * Says what AWS says. What this runtime cannot run fails when an execution comes to it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 */
export const ValidateStateMachineDefinition = operation({
  request: structure({
    definition: members.definition,
    type: optional(members.stateMachineType),
    severity: optional(string({ oneOf: ['ERROR', 'WARNING'] })),
    maxResults: optional(integer({ min: 0, max: 100 })),
  }),
  resource: () => '*',
  run(_, request) {
    const { definition, ...options } = request;
    return validateDefinition(definition, options);
  },
});
