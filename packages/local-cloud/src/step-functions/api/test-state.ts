import { InvalidDefinitionError, InvalidPayloadError, testState } from '@workflows/states-language';
import { operation } from '../context';
import { invalidDefinition, invalidExecutionInput, notImplemented, validationException } from '../errors';
import * as members from '../members';
import { boolean, integer, optional, string, structure } from '../shapes';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
export const TestState = operation({
  request: structure({
    definition: members.definition,
    roleArn: optional(members.arn),
    input: optional(members.payload),
    inspectionLevel: optional(string({ oneOf: ['INFO', 'DEBUG', 'TRACE'] })),
    revealSecrets: optional(boolean()),
    variables: optional(members.payload),
    stateName: optional(members.name),
    context: optional(members.payload),
    mock: optional(
      structure({
        result: optional(members.payload),
        errorOutput: optional(structure({ error: optional(members.errorName), cause: optional(members.errorCause) })),
        fieldValidationMode: optional(string({ oneOf: ['STRICT', 'PRESENT', 'NONE'] })),
      }),
    ),
    stateConfiguration: optional(
      structure({
        retrierRetryCount: optional(integer({ min: 0 })),
        errorCausedByState: optional(members.name),
        mapIterationFailureCount: optional(integer({ min: 0 })),
        mapItemReaderData: optional(members.payload),
      }),
    ),
  }),
  resource: () => '*',
  async run(context, request) {
    const { mock, roleArn, revealSecrets, ...options } = request;
    if (revealSecrets === true) {
      throw notImplemented('revealSecrets', 'HTTP tasks, whose secrets it reveals, are not run');
    }
    if (mock?.result !== undefined && mock.errorOutput !== undefined) {
      throw validationException('A test mock should have only one of the following fields: [result, errorOutput].');
    }
    const { fieldValidationMode = 'NONE', ...stand } = mock ?? {};
    if (fieldValidationMode !== 'NONE') {
      throw notImplemented(
        `mock.fieldValidationMode ${fieldValidationMode}`,
        'a mock is not compared with the API model of its service; use NONE',
      );
    }
    try {
      return await testState({
        ...options,
        ...(mock === undefined ? {} : { mock: stand }),
        ...(roleArn === undefined ? {} : { roleArn, tasks: context.hostFor(roleArn).tasks }),
      });
    } catch (error) {
      if (error instanceof InvalidDefinitionError) {
        throw invalidDefinition(error.message);
      }
      throw error instanceof InvalidPayloadError ? invalidExecutionInput(error.message) : error;
    }
  },
});
