import { validateDefinition } from '@workflows/states-language';
import { operation } from '../context';
import * as members from '../members';
import { integer, optional, string, structure } from '../shapes';
import { unsupportedResources, usedResources } from '../used-resources';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html */
export const ValidateStateMachineDefinition = operation({
  request: structure({
    definition: members.definition,
    type: optional(members.stateMachineType),
    severity: optional(string({ oneOf: ['ERROR', 'WARNING'] })),
    maxResults: optional(integer({ min: 0, max: 100 })),
  }),
  run(context, request, caller) {
    context.authorizer.authorize(caller, 'states:ValidateStateMachineDefinition', '*');
    const { definition, maxResults = 0, ...options } = request;
    const validation = validateDefinition(definition, { ...options, maxResults });
    const unsupported =
      validation.result === 'OK' ? unsupportedResources(usedResources(definition), context.integrations) : [];
    if (unsupported.length === 0) {
      return validation;
    }
    // 0 asks for the default, which is as many as there may be.
    const diagnostics = [...validation.diagnostics, ...unsupported].slice(0, maxResults === 0 ? 100 : maxResults);
    return {
      result: 'FAIL',
      diagnostics,
      truncated: validation.truncated || diagnostics.length < validation.diagnostics.length + unsupported.length,
    };
  },
});
