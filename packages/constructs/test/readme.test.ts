/** Proves that what the README shows is so: its first example synthesizes, and its list of constructs is complete. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import * as constructs from '../src';
import { runDefinition } from '../src/testing';
import { bundle, newStack, permissionsOfRole } from './support/synthesis';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

/** The code of the README's n-th TypeScript block, without its imports, as plain JavaScript. */
const example = (index: number): string => {
  const [, code = ''] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)][index] ?? [];
  return transformSync(code.replace(/^import .*$/gm, ''), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  }).code;
};

describe('README', () => {
  it('begins with an example that gives the permissions it speaks of', () => {
    const stack = newStack();
    const { HttpApi, lambdaInvoke, NodeFunction, StateMachine } = constructs;
    const given = { stack, bundleOf: () => bundle(), HttpApi, lambdaInvoke, NodeFunction, StateMachine };
    new Function(...Object.keys(given), example(0))(...Object.values(given));

    expect(permissionsOfRole(stack, 'dev-greeting')).toContain(
      'lambda:InvokeFunction on <aws_lambda_function.Greet.arn>',
    );
    expect(permissionsOfRole(stack, 'dev-start-greeting')).toContain(
      'states:StartExecution on <aws_sfn_state_machine.Greeting.arn>',
    );
  });

  it('shows how to give permissions that cannot be computed', () => {
    const stack = newStack();
    new Function('stack', 'StateMachine', example(1))(stack, constructs.StateMachine);

    expect(permissionsOfRole(stack, 'dev-archive')).toContain('s3:GetObject on arn:aws:s3:::orders/*');
  });

  it('shows how to run a definition', async () => {
    const definition: constructs.Definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Greet',
      States: {
        Greet: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: 'greet' },
          Output: '{% $states.result.Payload %}',
          End: true,
        },
      },
    };
    const run = await new Function(
      'runDefinition',
      'definition',
      `return (async () => { ${example(2)}; return run; })();`,
    )(runDefinition, definition);

    expect(run).toMatchObject({ status: 'SUCCEEDED', output: 'hello {"FunctionName":"greet"}', entered: ['Greet'] });
  });

  it('lists every construct', () => {
    const classes = Object.entries(constructs)
      .filter(([name, value]) => typeof value === 'function' && /^class/.test(String(value)) && !name.endsWith('Error'))
      .map(([name]) => name);
    const listed = [...readme.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);

    expect(listed.sort()).toEqual(classes.sort());
  });
});
