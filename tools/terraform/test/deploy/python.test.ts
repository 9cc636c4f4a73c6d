import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installRequirements } from '../../src/deploy/python';
import { testContext } from '../support/context';
import { Folder } from '../support/folder';

/** Stands in for Python: answers the probe, makes an "environment" and counts installations. */
const FAKE_PYTHON = `
const { appendFileSync, copyFileSync, mkdirSync } = require('node:fs');
const [flag, name, directory] = process.argv.slice(2);
if (flag === '-m' && name === 'venv') {
  mkdirSync(directory + '/bin', { recursive: true });
  copyFileSync(process.argv[1], directory + '/bin/python');
}
if (flag === '-m' && name === 'pip') appendFileSync(process.env.INSTALLED, process.argv.slice(4).join(' ') + '\\n');
`;

const given = (python: string | undefined) => {
  const folder = new Folder();
  if (python !== undefined) {
    folder.program('bin/python3', python);
  }
  const installed = folder.write('installed', '');
  const requirements = folder.write('requirements.txt', 'ministack==1.5.33\n');
  return {
    installed: () => readFileSync(installed, 'utf8').trim().split('\n').filter(Boolean),
    requirements,
    install: () =>
      installRequirements(testContext({ PATH: folder.folder('bin'), INSTALLED: installed }), {
        requirements,
        directory: join(folder.path, 'venv'),
        log: join(folder.path, 'install.log'),
      }),
    folder,
  };
};

describe('installRequirements', () => {
  it('says in one line what is needed when there is no Python', async () => {
    await expect(given(undefined).install()).rejects.toThrow(/^pnpm e2e:deploy needs Python >= 3\.10 with venv .*\.$/);
  });

  it('does not take a Python that cannot make virtual environments', async () => {
    await expect(given('process.exit(1)').install()).rejects.toThrow(/needs Python/);
  });

  it('installs once, and again when the requirements change', async () => {
    const { install, installed, folder, requirements } = given(FAKE_PYTHON);
    await install();
    await install();
    expect(installed()).toEqual([`install --quiet --requirement ${requirements}`]);

    folder.write('requirements.txt', 'ministack==1.5.34\n');
    await install();
    expect(installed()).toHaveLength(2);
  });

  it('begins anew after an installation that failed', async () => {
    const { install, installed, folder } = given(
      `if (process.argv[3] === 'pip') { console.error('no network'); process.exit(1); }${FAKE_PYTHON}`,
    );
    await expect(install()).rejects.toThrow(/MiniStack could not be installed[\s\S]*no network/);

    folder.program('bin/python3', FAKE_PYTHON);
    await install();
    expect(installed()).toHaveLength(1);
  });
});
