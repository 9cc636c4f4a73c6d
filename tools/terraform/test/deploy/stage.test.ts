import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareStage } from '../../src/deploy/stage';
import { Folder } from '../support/folder';

const given = (resources: unknown[]) => {
  const folder = new Folder();
  const directory = folder.folder('deploy/dev');
  const state = folder.write(
    'deploy/dev/terraform.dev.WorkflowsStack.tfstate',
    JSON.stringify({ version: 4, resources }),
  );
  const workspace = {
    root: folder.path,
    local: folder.path,
    scratch: folder.path,
    app: join(folder.path, 'stacks/dist/main.js'),
  };
  const prepare = (forgetState: boolean) =>
    prepareStage({ environment: 'dev', directory, env: {}, terraform: 'terraform' }, workspace, { forgetState });
  return { prepare, state, directory };
};

describe('prepareStage', () => {
  it('begins without state where everything of an earlier run is gone', () => {
    const { prepare, state, directory } = given([{ type: 'aws_iam_role' }]);
    prepare(true);

    expect(existsSync(state)).toBe(false);
    expect(JSON.parse(readFileSync(join(directory, 'cdktf.json'), 'utf8'))).toMatchObject({
      app: expect.stringContaining('stacks/dist/main.js'),
    });
  });

  it('does not throw away the only record of what an earlier run left in an account', () => {
    const { prepare, state } = given([{ type: 'aws_iam_role' }]);

    expect(() => prepare(false)).toThrow(/left resources behind.*cdktf destroy/);
    expect(existsSync(state)).toBe(true);
  });

  it('goes on after an earlier run that destroyed everything', () => {
    const { prepare } = given([]);

    expect(prepare(false)).toMatchObject({ environment: 'dev' });
  });
});
