import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError, Lifetime, parse } from '@workflows/command-line';
import { SCAFFOLD_MOCKS, scaffoldMocksCommand } from '../../src/scaffold-mocks/command';

describe('scaffold-mocks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scaffold-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** As pnpm runs it: in another folder than the user's. */
  const run = async (definition: string, ...args: string[]) => {
    writeFileSync(join(folder, 'order.asl.json'), definition);
    const values = parse(SCAFFOLD_MOCKS, args);
    const printed = { stdout: '', stderr: '' };
    if (values !== 'help') {
      await scaffoldMocksCommand(values, {
        env: { INIT_CWD: folder },
        lifetime: new Lifetime(),
        stdout: (text) => {
          printed.stdout += text;
        },
        stderr: (text) => {
          printed.stderr += text;
        },
      });
    }
    return printed;
  };
  const call = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { 'FunctionName.$': '$.f' } };
  const order = JSON.stringify({ StartAt: 'Call', States: { Call: { ...call, End: true } } });

  it('prints the configuration, with the name of the file for the state machine', async () => {
    const { stderr, stdout } = await run(order, 'order.asl.json', '--inputs', 'inputs.json');

    expect(JSON.parse(stdout).StateMachines).toEqual({ order: { TestCases: { HappyPath: { Call: 'Call' } } } });
    expect(JSON.parse(readFileSync(join(folder, 'inputs.json'), 'utf8'))).toEqual({ HappyPath: { f: 'example-f' } });
    expect(stderr).toBe('');
  });

  it('takes another name, and says what no test case reaches', async () => {
    const retried = { ...call, Retry: [{ ErrorEquals: ['Other'] }] };
    const caught = { ...call, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Call' }] };
    const never = {
      Type: 'Choice',
      Choices: [{ Variable: '$.Error', StringEquals: 'None', Next: 'Lost' }],
      Default: 'Call',
    };
    const definition = {
      StartAt: 'Start',
      States: {
        Start: { ...caught, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Never' }], Next: 'Call' },
        Never: never,
        Call: { Type: 'Succeed' },
        Lost: { ...retried, End: true },
      },
    };

    const { stderr, stdout } = await run(JSON.stringify(definition), 'order.asl.json', '--name', 'mine');

    expect(Object.keys(JSON.parse(stdout).StateMachines)).toEqual(['mine']);
    expect(stderr).toBe('Lost: no test case reaches the handler of Other.\n');
  });

  it.each([
    ['{}', 'none.asl.json', 'The definition cannot be read: ENOENT'],
    ['{"StartAt": "A", "States": {}}', 'order.asl.json', 'order.asl.json is not a valid definition:\n  '],
  ])('refuses %s in %s', async (definition, file, message) => {
    await expect(run(definition, file)).rejects.toThrow(CommandError);
    await expect(run(definition, file)).rejects.toThrow(message);
  });
});
