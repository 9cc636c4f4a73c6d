import type { PlannedStack } from './planned-stack';
import { roleStatements, type Statement } from './statements';

/** What each role may do as text, one line for each statement, to be read and compared line by line. */
export function roleListing(stacks: readonly PlannedStack[]): string {
  return stacks
    .flatMap((stack) =>
      roleStatements(stack).map(({ role, statements }) =>
        [`${stack.name}/${role}`, ...statements.map((it) => `  ${line(it)}`), ''].join('\n'),
      ),
    )
    .join('\n');
}

function line({ Effect, Action, Resource, Condition }: Statement): string {
  const condition = Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`;
  return `${Effect} ${Action.join(', ')} on ${Resource.join(', ')}${condition}`;
}
