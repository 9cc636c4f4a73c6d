/** Proves the numbers of states that the README's costs are computed from. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { repositoryRoot } from '../../src/local-runtime';
import { executions, target } from '../support/context';
import { it } from '../support/it';

/** A synthesized stack: resources by type and name. */
interface Template {
  readonly resource: Readonly<Record<string, object>>;
}

const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8');

/** The numbers in the one place of the README that a pattern matches. */
function billed(pattern: RegExp): number[] {
  return (pattern.exec(readme) ?? []).slice(1).map(Number);
}

async function statesEntered(stateMachineArn: string, input: unknown): Promise<number> {
  const { executionArn } = await executions.run(stateMachineArn, input);
  return (await executions.eventTypes(executionArn)).filter((type) => type.endsWith('StateEntered')).length;
}

describe("the README's costs", () => {
  it('count the states that a Lambda workflow enters, and those for each number', async () => {
    const [one = 0, five = 0] = await Promise.all(
      [1, 5].map((count) => statesEntered(target.workflowLambdaStateMachineArn, { count })),
    );

    const each = (five - one) / 4;
    expect(billed(/The Lambda workflow enters (\d+) states and (\d+) for each number/)).toEqual([one - each, each]);
  });

  it('count the states that a composite workflow enters, and those for each name', async () => {
    const [one = 0, three = 0] = await Promise.all(
      [['a'], ['a', 'b', 'c']].map((names) => statesEntered(target.compositeStateMachineArn, { names })),
    );

    const each = (three - one) / 2;
    expect(billed(/the composite (\d+), and for each name (\d+)/)).toEqual([one - each, each]);
  });

  it('count the resources and the alarms that a deployment creates', () => {
    const stacks = join(dirname(resolve(process.env.E2E_OUTPUTS ?? '.local/outputs.json')), 'cdktf.out', 'stacks');
    const resources = readdirSync(stacks).flatMap((stack) => {
      const { resource }: Template = JSON.parse(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8'));
      return Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map(() => type));
    });
    const alarms = resources.filter((type) => type === 'aws_cloudwatch_metric_alarm');
    const dashboards = resources.filter((type) => type === 'aws_cloudwatch_dashboard');

    expect(billed(/It creates (\d+) resources/)).toEqual([resources.length]);
    expect(billed(/(\d+) alarms and three dashboards/)).toEqual([alarms.length]);
    expect(dashboards).toHaveLength(3);
  });
});
