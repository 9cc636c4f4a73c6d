import { OUTPUTS, type OutputKey, outputOf, type StackOutputs } from '@workflows/contract';

/** The outputs of this repository's stacks. Absent where the stack is not deployed. */
export type KnownOutputs = Readonly<Partial<Record<OutputKey | 'region', string>>>;

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
