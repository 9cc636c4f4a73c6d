import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SFNClient } from '@aws-sdk/client-sfn';

/** One call that a function makes to what is around it. */
export interface Call {
  readonly to: 'DynamoDB' | 'StepFunctions' | 'ExternalService';
  readonly operation: string;
  readonly input: unknown;
}

/** What a call is answered: an output, or the name of an AWS error. */
export type Answer = { readonly output: unknown } | { readonly error: string };

/** Where a function stands after so many answers. */
export type Step = { readonly calls: Call } | { readonly returns: unknown } | { readonly throws: string };

/** What a function is given instead of clients of AWS. */
export interface Context {
  readonly dynamo: DynamoDBClient;
  readonly sfn: SFNClient;
  readonly ask: (call: Call) => Promise<unknown>;
}

/**
 * Runs a function with all the answers that it has got so far, and stops at its next call. Functions keep nothing
 * between calls but what was answered, so this is where an invocation with these answers stands, at any time.
 */
export function stepAfter(run: (context: Context) => Promise<unknown>, answers: readonly Answer[]): Promise<Step> {
  return new Promise((resolve) => {
    let asked = 0;
    const ask = async (call: Call): Promise<unknown> => {
      const answer = answers[asked++];
      if (answer === undefined) {
        resolve({ calls: call });
        return new Promise(() => {});
      }
      if ('error' in answer) {
        throw errorNamed(answer.error);
      }
      return answer.output;
    };
    const client = (to: Call['to']) => ({
      send: (command: { readonly input: unknown }) =>
        ask({ to, operation: command.constructor.name.replace(/Command$/, ''), input: command.input }),
    });
    run({
      dynamo: client('DynamoDB') as unknown as DynamoDBClient,
      sfn: client('StepFunctions') as unknown as SFNClient,
      ask,
    }).then(
      (returns) => resolve({ returns }),
      (error: Error) => resolve({ throws: error.name }),
    );
  });
}

function errorNamed(name: string): Error {
  return name === 'ConditionalCheckFailedException'
    ? new ConditionalCheckFailedException({ message: '', $metadata: {} })
    : Object.assign(new Error(name), { name, $metadata: {} });
}
