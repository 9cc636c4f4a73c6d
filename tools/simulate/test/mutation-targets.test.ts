import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '@workflows/local-cloud/services';
import { bundleMutants } from '../src/mutations/mutant-bundles';
import type { CodeMutation } from '../src/mutations/mutation';
import { StackEdits } from '../src/mutations/stack-edits';

describe('a mutation whose target is gone says what it looked for, and where', () => {
  const code: CodeMutation = {
    mutant: 'any-resume-token-matches',
    replaces: 'tasks/tokens',
    functions: ['complete-task'],
  };

  it.each<[Partial<CodeMutation>, string]>([
    [{ replaces: 'tasks/gone' }, 'packages/handlers/src/tasks/gone.ts does not exist'],
    [{ mutant: 'gone' }, 'packages/handlers/test/mutants/gone.ts does not exist'],
    [
      { replaces: 'tasks/conditions' },
      'replaces the export newResumeToken, tokensMatch, which packages/handlers/src/tasks/conditions.ts does not have. It has ABSENT,',
    ],
    [
      { functions: ['fibonacci-generator'] },
      'fibonacci-generator no longer import packages/handlers/src/tasks/tokens.ts',
    ],
  ])('in code: %j', async (change, message) => {
    const bundles = bundleMutants('any-resume-token', { ...code, ...change });

    await expect(bundles).rejects.toThrow(message);
    await expect(bundles).rejects.toThrow('tools/simulate/src/mutations/mutations.ts');
  });

  it('in code that a mutant changes within an expression', async () => {
    const root = mkdtempSync(join(tmpdir(), 'mutants-'));
    mkdirSync(join(root, 'src'));
    mkdirSync(join(root, 'test/mutants'), { recursive: true });
    writeFileSync(join(root, 'src/writes.ts'), "export const update = 'SET #a = :a';");
    writeFileSync(
      join(root, 'test/mutants/other-update.ts'),
      `throw new Error('a mutant looks for "#b = :b", which is gone')`,
    );

    const bundles = bundleMutants('b', { mutant: 'other-update', replaces: 'writes', functions: [] }, root);

    await expect(bundles).rejects.toThrow(
      'test/mutants/other-update.ts cannot be loaded: a mutant looks for "#b = :b", which',
    );
    rmSync(root, { recursive: true });
  });

  const stack = {
    name: 'Stack',
    region: 'eu-west-1',
    blocks: [
      {
        type: 'aws_sfn_state_machine',
        body: { definition: '{"States":{"Wait":{"Resource":"${replace(x, ":a:", ":b:")}","TimeoutSeconds":1}}}' },
      },
    ],
  } as unknown as Stack;

  it.each([
    { state: 'Gone', pointer: '/TimeoutSeconds' },
    { state: 'Wait', pointer: '/Catch/0/Next' },
  ])('in a state machine: %j', (target) => {
    const edits = new StackEdits('no-timeout', [target], undefined);

    edits.edit(stack);

    expect(() => edits.requirePlanted()).toThrow(
      `Mutation no-timeout: no state machine has a state "${target.state}" with ${target.pointer}. The states are Wait.`,
    );
  });

  it('in a policy', () => {
    const edits = new StackEdits('missing-permission', [], { withoutAction: 's3:GetObject' });

    edits.edit(stack);

    expect(() => edits.requirePlanted()).toThrow("no role's policy allows s3:GetObject");
  });

  it('and leaves the expressions of Terraform as they are', () => {
    const edits = new StackEdits('no-timeout', [{ state: 'Wait', pointer: '/TimeoutSeconds' }], undefined);

    const [block] = edits.edit(stack).blocks;

    expect(block?.body.definition).toBe('{"States":{"Wait":{"Resource":"${replace(x, ":a:", ":b:")}"}}}');
    expect(() => edits.requirePlanted()).not.toThrow();
  });
});
