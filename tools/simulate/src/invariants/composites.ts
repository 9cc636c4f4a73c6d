import { endOf, sameJson } from './outcomes';
import type { Subject } from './subject';

/** A composite that succeeded shows what each of its sub-workflows did, in the order of their names. */
export function checkComposites({ evidence }: Subject): void {
  const executions = [...evidence.executions.values()];
  for (const composite of executions.filter(({ machine }) => machine.endsWith('-WorkflowComposite'))) {
    if (composite.status !== 'SUCCEEDED') {
      continue;
    }
    const names: string[] = JSON.parse(composite.input).names;
    const children = executions.filter(
      ({ input }) => JSON.parse(input).AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID === composite.arn,
    );
    const outputs = names.map((name) => {
      const ended = children.filter(
        ({ input, status }) => JSON.parse(input).input.name === name && status === 'SUCCEEDED',
      );
      return ended.map(({ output }) => JSON.parse(output ?? 'null').externalServiceOutput[0]);
    });
    const shown: unknown[] = JSON.parse(composite.output ?? 'null').externalServiceOutput;
    const fits =
      shown.length === names.length &&
      shown.every((output, index) => outputs[index]?.some((expected) => sameJson(expected, output)));
    if (!fits) {
      evidence.violate(
        'contract',
        `${composite.name} ended ${endOf(composite)}, which does not match its sub-workflows`,
      );
    }
  }
}
