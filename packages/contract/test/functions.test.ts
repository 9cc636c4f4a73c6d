/** Proves that the environment of each function is a type: what a deployment forgets or misspells does not compile. */
import { FUNCTIONS, type FunctionEnvironment, type FunctionName, ROUTES, VARIABLE_MEANINGS, VARIABLES } from '../src';
import { PAYLOADS } from '../src/schemas';

/** As a stack adds a function. */
const addFunction = <Name extends FunctionName>(name: Name, environment: FunctionEnvironment<Name>) =>
  Object.keys(environment).filter((it) => !(FUNCTIONS[name].environment as readonly string[]).includes(it));

describe('the environment of a function', () => {
  it('is exactly what its code reads', () => {
    expect(addFunction('get-workflow', { STATE_MACHINE_ARN: 'arn:x', TASKS_TABLE_NAME: 'tasks' })).toEqual([]);
    expect(addFunction('fibonacci-generator', {})).toEqual([]);
  });

  it('does not compile with a variable that is missing, misspelt or not its own', () => {
    // @ts-expect-error: STATE_MACHINE_ARN is missing
    addFunction('get-workflow', { TASKS_TABLE_NAME: 'tasks' });
    // @ts-expect-error: misspelt
    addFunction('get-task', { TASK_TABLE_NAME: 'tasks' });
    // @ts-expect-error: a variable that nobody reads
    expect(addFunction('get-task', { TASKS_TABLE_NAME: 'tasks', LEVEL: 'x' })).toEqual(['LEVEL']);
    const shared = { TASKS_TABLE_NAME: 'tasks', STATE_MACHINE_ARN: 'arn:x' };
    // @ts-expect-error: another function's variable, although no literal shows it
    expect(addFunction('get-task', shared)).toEqual(['STATE_MACHINE_ARN']);
    // @ts-expect-error: no such function
    expect(() => addFunction('get-tasks', {})).not.toThrow();
  });
});

describe('the functions', () => {
  it('name every variable, each with its meaning, and none that no function reads', () => {
    const read = new Set(Object.values(FUNCTIONS).flatMap(({ environment }) => environment));
    expect([...read].sort()).toEqual(Object.keys(VARIABLES).sort());
    expect(Object.keys(VARIABLE_MEANINGS).sort()).toEqual(Object.keys(VARIABLES).sort());
  });

  it('serve every route once, and validate each body or event', () => {
    const served = Object.values(FUNCTIONS).flatMap(({ trigger }) =>
      trigger.kind === 'route' ? trigger.routeKey : [],
    );
    expect(served.sort()).toEqual(Object.values(ROUTES).sort());
    const sends = Object.entries(FUNCTIONS).filter(
      ([name, { trigger }]) =>
        trigger.kind === 'executionStatus' ||
        (trigger.kind === 'route' && !trigger.routeKey.startsWith('GET ') && name !== 'external-service'),
    );
    for (const [name] of sends) {
      expect(PAYLOADS).toHaveProperty(name);
    }
  });
});
