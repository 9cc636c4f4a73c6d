/** Proves what `pnpm plan` prints, writes and exits with, for every way in which Terraform can end. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type ValuesOf } from '@workflows/command-line';
import { PLAN, planOptions } from '../../src/plan/options';
import { runPlan } from '../../src/plan/run-plan';
import type { Workspace } from '../../src/workspace';
import { testContext } from '../support/context';
import { created, type FakeWorkspace, fakeWorkspace } from '../support/fake-terraform';
import { mirrorOf } from '../support/mirror';

const twoStacks = {
  FirstStack: { changes: [created('aws_iam_role', 'a'), created('aws_iam_role', 'b'), created('aws_sns_topic', 'c')] },
  SecondStack: { changes: [] },
};

const options = (workspace: Workspace, ...args: string[]) =>
  planOptions(parse(PLAN, args) as ValuesOf<typeof PLAN>, workspace, workspace.root);

const plan = async ({ workspace, env }: FakeWorkspace, ...args: string[]) => {
  const context = testContext(env);
  try {
    return { code: await runPlan(context, options(workspace, ...args), workspace), ...context };
  } finally {
    await context.lifetime.end();
  }
};

describe('pnpm plan', () => {
  it('prints stacks with their types and the total in one table', async () => {
    const { code, printed } = await plan(fakeWorkspace(twoStacks));

    expect(code).toBe(0);
    expect(printed.join('\n')).toMatchInlineSnapshot(`
"stack            add  change  destroy
───────────────  ───  ──────  ───────
FirstStack         3       0        0
  aws_iam_role     2       0        0
  aws_sns_topic    1       0        0
SecondStack        0       0        0
total              3       0        0"
`);
  });

  it('writes each plan as text and as JSON, with the configuration that it was made from', async () => {
    const fake = fakeWorkspace(twoStacks);
    await plan(fake);

    const out = join(fake.workspace.local, 'plan');
    expect(readdirSync(out).sort()).toEqual([
      'FirstStack.cdk.tf.json',
      'FirstStack.plan.json',
      'FirstStack.plan.txt',
      'SecondStack.cdk.tf.json',
      'SecondStack.plan.json',
      'SecondStack.plan.txt',
      'summary.json',
      'summary.md',
    ]);
    expect(readFileSync(join(out, 'FirstStack.plan.txt'), 'utf8')).toBe('the plan as text\n');
    expect(JSON.parse(readFileSync(join(out, 'FirstStack.plan.json'), 'utf8'))).toMatchObject({
      format_version: '1.2',
    });
  });

  it('exits with 2 on changes when asked for, and only then', async () => {
    const fake = fakeWorkspace(twoStacks);

    await expect(plan(fake, '--detailed-exitcode')).resolves.toMatchObject({ code: 2 });
    await expect(plan(fake, '--detailed-exitcode', '--stack', 'SecondStack')).resolves.toMatchObject({ code: 0 });
  });

  it('goes on after a stack that cannot be planned, names it, and exits with 1 in spite of --detailed-exitcode', async () => {
    const fake = fakeWorkspace({
      BrokenStack: { changes: [], failing: { validate: 'Error: Unsupported argument' } },
      ...twoStacks,
    });
    const { code, printed, shown } = await plan(fake, '--detailed-exitcode');

    expect(code).toBe(1);
    expect(printed.join('\n')).toMatch(/BrokenStack +failed[\s\S]*FirstStack +3/);
    expect(shown.join('')).toContain('BrokenStack: terraform validate failed.\nError: Unsupported argument');
  });

  it('stops at a provider that cannot be had, with one line that says where it was looked for', async () => {
    const fake = fakeWorkspace({
      FirstStack: { changes: [], failing: { init: 'Error: Failed to query available provider packages' } },
    });

    await expect(plan(fake)).rejects.toThrow(
      /^No provider hashicorp\/aws >= 5\.100\.0, < 7\.0\.0: .*WORKFLOWS_TF_PROVIDER_MIRROR.*$/,
    );
  });

  it('says what to install when there is no Terraform', async () => {
    const fake = fakeWorkspace(twoStacks);

    await expect(plan({ ...fake, env: { ...fake.env, PATH: fake.folder.folder('empty') } })).rejects.toThrow(
      /^terraform is not on the PATH: install Terraform .*https:/,
    );
  });

  it('names the stacks that there are when asked for another', async () => {
    await expect(plan(fakeWorkspace(twoStacks), '--stack', 'NoStack')).rejects.toThrow(
      'Unknown stack NoStack. The stacks are FirstStack, SecondStack.',
    );
  });

  it('prints JSON when asked for', async () => {
    const { printed } = await plan(fakeWorkspace(twoStacks), '--json');

    expect(JSON.parse(printed.join('\n'))).toMatchObject({
      stacks: [
        { stack: 'FirstStack', changes: true, add: 3, byType: { aws_iam_role: { add: 2 }, aws_sns_topic: { add: 1 } } },
        { stack: 'SecondStack', changes: false, add: 0, byType: {} },
      ],
      total: { add: 3, change: 0, destroy: 0 },
    });
  });

  it('appends Markdown to the summary of a GitHub step', async () => {
    const fake = fakeWorkspace(twoStacks);
    const summary = fake.folder.write('summary.md', 'before\n');
    await plan({ ...fake, env: { ...fake.env, GITHUB_STEP_SUMMARY: summary } });

    const text = readFileSync(summary, 'utf8');
    expect(text).toMatch(/^before\n## Terraform plan\n/);
    expect(text).toContain('| FirstStack | 3 | 0 | 0 |');
    expect(text).toContain('the plan as text');
  });

  it('plans without the account and the endpoint that the environment names', async () => {
    const fake = fakeWorkspace({ FirstStack: { changes: [] } });
    fake.folder.program(
      'bin/terraform',
      `const seen = Object.keys(process.env).filter((it) => /^(AWS_|WORKFLOWS_ENDPOINT)/.test(it)).sort();
       if (process.argv[2] === 'version') console.log('{"terraform_version":"1.11.4"}');
       else if (process.argv[2] === 'plan') { console.error(seen.join(), process.env.HTTPS_PROXY); process.exit(1); }`,
    );
    const env = {
      ...fake.env,
      AWS_PROFILE: 'mine',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_ENDPOINT_URL_S3: 'http://localhost:1',
      WORKFLOWS_ENDPOINT_URL: 'http://localhost:1',
    };

    const { shown } = await plan({ ...fake, env });

    expect(shown.join('')).toContain('terraform plan failed.\nAWS_EC2_METADATA_DISABLED http://127.0.0.1:9');
  });

  it.each([
    [
      'starts from nothing',
      [],
      (root: string) => join(root, '.local/terraform/plan/stacks/OneStack/no-account.tfstate'),
    ],
    ['reads the state that cdktf keeps, with an account', ['--account'], (root: string) => join(root, 'one.tfstate')],
  ])('%s', async (_, args, expected) => {
    const fake = fakeWorkspace({ OneStack: { changes: [], backend: { local: { path: '../../../one.tfstate' } } } });
    await plan({ ...fake, env: { ...fake.env, AWS_PROFILE: 'mine' } }, ...args);

    const override = join(fake.workspace.scratch, 'plan/stacks/OneStack/backend_override.tf.json');
    expect(JSON.parse(readFileSync(override, 'utf8'))).toEqual({
      terraform: { backend: { local: { path: expected(fake.workspace.root) } } },
    });
  });

  it('leaves a state in a bucket where it is, with an account', async () => {
    const fake = fakeWorkspace({ OneStack: { changes: [], backend: { s3: { bucket: 'state' } } } });
    await plan({ ...fake, env: { ...fake.env, AWS_PROFILE: 'mine' } }, '--account');

    expect(readdirSync(join(fake.workspace.scratch, 'plan/stacks/OneStack'))).not.toContain('backend_override.tf.json');
  });

  it('leaves no temporary CLI configuration behind', async () => {
    const fake = fakeWorkspace(twoStacks);
    fake.folder.program(
      'bin/terraform',
      `if (process.argv[2] === 'version') console.log('{"terraform_version":"1.11.4"}');
       else { console.error('with ' + process.env.TF_CLI_CONFIG_FILE); process.exit(1); }`,
    );
    const env = { ...fake.env, WORKFLOWS_TF_PROVIDER_MIRROR: mirrorOf(fake.folder) };
    const { shown } = await plan({ ...fake, env });

    const file = /with (.*)/.exec(shown.join(''))?.[1] ?? '';
    expect(file).toMatch(/cli\.tfrc$/);
    expect(existsSync(file)).toBe(false);
  });
});
