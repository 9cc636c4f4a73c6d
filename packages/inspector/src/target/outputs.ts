import { OUTPUTS, type OutputKey, outputOf, type StackOutputs } from '@workflows/contract';

/** The outputs of this repository's stacks. Absent where the stack is not deployed. */
export type KnownOutputs = Readonly<Partial<Record<OutputKey | 'region', string>>>;

/**
 * Reads the text of a file that `cdktf deploy --outputs-file` or the embedded runtime wrote.
 *
 * @throws {SyntaxError} saying what the file should hold
 */
export function parseOutputs(json: string): StackOutputs {
  const outputs: unknown = JSON.parse(json);
  if (!isOutputs(outputs)) {
    throw new SyntaxError(
      'an outputs file holds {"<stack>": {"<output>": "<text>"}}, as cdktf deploy --outputs-file writes it',
    );
  }
  return outputs;
}

function isOutputs(value: unknown): value is StackOutputs {
  return isObject(value) && Object.values(value).every((stack) => isObject(stack));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Picks the outputs by name. API endpoints end in a slash. */
export function knownOutputs(outputs: StackOutputs): KnownOutputs {
  const keys = Object.keys(OUTPUTS) as OutputKey[];
  const known: KnownOutputs = Object.fromEntries(
    keys.flatMap((key) => {
      const value = outputOf(outputs, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const arn = known.workflowStateMachine ?? known.lambdaStateMachine ?? known.idempotentStateMachine;
  const region = arn?.split(':')[3];
  return region === undefined ? known : { ...known, region };
}
