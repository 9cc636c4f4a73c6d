import { InvalidDefinitionError, InvalidPayloadError, TestStateError, testState } from '@workflows/states-language';
import { operation } from '../context';
import { invalidDefinition, invalidExecutionInput, validationException } from '../errors';
import { ItemFormatError, itemsIn } from '../map-runs/item-formats';
import { formatOf } from '../map-runs/item-reader';
import * as members from '../members';
import { boolean, integer, optional, string, structure } from '../shapes';
import { checkResult } from '../test-state/check-result';

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
    const { roleArn } = request;
    try {
      const tested = testState({
        ...request,
        checkResult,
        readItems: (config, data) => itemsIn(data, 'mapItemReaderData', formatOf(config)),
        location: context.at,
        ...(roleArn === undefined ? {} : { tasks: context.hostFor(roleArn).tasks }),
      });
      // A task may wait for time to pass, which it does only while no request is in flight.
      return await context.clock.whileWaiting(tested);
    } catch (error) {
      throw refusal(error);
    }
  },
});

function refusal(error: unknown): unknown {
  if (error instanceof InvalidDefinitionError) {
    return invalidDefinition(error.message);
  }
  if (error instanceof TestStateError || error instanceof ItemFormatError) {
    return validationException(error.message);
  }
  return error instanceof InvalidPayloadError ? invalidExecutionInput(error.message) : error;
}
