/** Proves that the examples of the README synthesize and do what the text says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import * as constructs from '@workflows/constructs';
import { permissionsOfRole, resourcesOf } from '@workflows/constructs/testing';
import { deploymentOf } from '@workflows/handlers/deployment';
import { CALLBACK_FUNCTIONS, CallbackTasks } from '../src';
import { newStack } from './support/new-stack';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) =>
  code.replace(/^import .*$/gm, ''),
);

/** Runs the example with these names in scope. */
function run(example: string | undefined, names: Readonly<Record<string, unknown>>): void {
  const { code } = transformSync(String(example), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
  new Function(...Object.keys(names), code)(...Object.values(names));
}

describe('README', () => {
  it('begins with an example that creates everything that a callback needs', () => {
    const stack = newStack();
    run(examples[0], { stack, CallbackTasks, ...constructs });

    expect(Object.values(resourcesOf(stack, 'aws_lambda_function')).map((it) => it.function_name)).toEqual(
      CALLBACK_FUNCTIONS.map((name) => `dev-${name}`).sort(),
    );
    expect(permissionsOfRole(stack, 'dev-complete-task')).toContain(
      'states:SendTaskFailure, states:SendTaskSuccess on <aws_sfn_state_machine.Order.arn>',
    );
  });

  it('shows how to override a function', () => {
    const stack = newStack();
    const api = new constructs.HttpApi(stack, 'Api', { name: 'dev-orders' });
    const bundleOf = () => deploymentOf('get-task', { TASKS_TABLE_NAME: 'dev-tasks' }).bundle;
    run(examples[1], { stack, CallbackTasks, api, externalServiceUrl: 'https://example.com', bundleOf });

    const functions = Object.values(resourcesOf(stack, 'aws_lambda_function'));
    expect(functions.filter((it) => it.memory_size === 512).map((it) => it.function_name)).toEqual(['dev-settle-task']);
  });

  it('lists every function', () => {
    const listed = [...readme.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);

    expect(listed).toEqual(CALLBACK_FUNCTIONS);
  });
});
