/** Proves which configuration Terraform gets, in every combination of what may be there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setUpProviders } from '../../src/terraform/cli-config';
import { Folder } from '../support/folder';
import { mirrorOf } from '../support/mirror';

const AWS = [{ source: 'hashicorp/aws', version: '>= 5.100.0, < 7.0.0' }];

const context = (home: Folder, env: NodeJS.ProcessEnv = {}, roots: string[] = []) => ({
  env: { HOME: home.path, ...env },
  workingDirectory: home.path,
  roots,
});

const generated = (setup: ReturnType<typeof setUpProviders>): string =>
  readFileSync(setup.env.TF_CLI_CONFIG_FILE ?? '', 'utf8');

describe('setUpProviders', () => {
  it('uses the registry when there is nothing on disk', () => {
    expect(setUpProviders(AWS, context(new Folder()))).toMatchObject({ source: { kind: 'registry' }, env: {} });
  });

  it('drops a TF_CLI_CONFIG_FILE that names no file', () => {
    const { env } = setUpProviders(AWS, context(new Folder(), { TF_CLI_CONFIG_FILE: '/does/not/exist' }));

    expect(env).toEqual({ TF_CLI_CONFIG_FILE: undefined });
  });

  it('leaves a configuration alone that says how providers are installed', () => {
    const home = new Folder();
    const file = home.write('mine.tfrc', 'provider_installation {\n  direct {}\n}\n');
    const setup = setUpProviders(AWS, context(home, { TF_CLI_CONFIG_FILE: file }, [mirrorOf(home)]));

    expect(setup).toMatchObject({ source: { kind: 'cli-config' }, env: {} });
  });

  it('leaves it to Terraform when the provider is where Terraform looks', () => {
    const home = new Folder();
    mirrorOf(home, '.terraform.d/plugins');

    expect(setUpProviders(AWS, context(home))).toMatchObject({ source: { kind: 'implied-mirror' }, env: {} });
  });

  it('uses a mirror below the usual roots for the providers that it holds, and the registry for all others', () => {
    const home = new Folder();
    const directory = mirrorOf(home, 'opt/plugins');
    const setup = setUpProviders(AWS, context(home, {}, [join(home.path, 'opt')]));

    expect(setup.source).toEqual({ kind: 'mirror', directory });
    expect(generated(setup).trim()).toBe(
      `provider_installation {
  filesystem_mirror {
    path    = "${directory}"
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}`,
    );
    expect(setup.env.TF_CLI_ARGS_providers_lock).toBe(`-fs-mirror=${directory}`);
    setup.remove();
  });

  it('keeps the rest of the user configuration beside the mirror', () => {
    const home = new Folder();
    home.write('.terraformrc', 'disable_checkpoint = true\n');
    const setup = setUpProviders(AWS, context(home, {}, [mirrorOf(home)]));

    expect(generated(setup)).toMatch(/^disable_checkpoint = true\n[\s\S]*filesystem_mirror/);
    setup.remove();
  });

  it('prefers the mirror that the variable names, also to a configuration that says otherwise', () => {
    const home = new Folder();
    home.write('.terraformrc', 'a = 1\nprovider_installation {\n  network_mirror {\n    url = "x"\n  }\n}\nb = 2\n');
    const directory = mirrorOf(home, 'named');
    const setup = setUpProviders(AWS, context(home, { WORKFLOWS_TF_PROVIDER_MIRROR: directory }, [mirrorOf(home)]));

    expect(setup.source).toEqual({ kind: 'mirror', directory });
    expect(generated(setup)).toMatch(/a = 1[\s\S]*b = 2/);
    expect(generated(setup)).not.toContain('network_mirror');
    setup.remove();
  });

  it('refuses a named mirror that does not hold the provider', () => {
    const home = new Folder();

    expect(() => setUpProviders(AWS, context(home, { WORKFLOWS_TF_PROVIDER_MIRROR: home.path }))).toThrow(
      `WORKFLOWS_TF_PROVIDER_MIRROR=${home.path} holds no hashicorp/aws >= 5.100.0, < 7.0.0 for this platform`,
    );
  });

  it('passes over a mirror with another version', () => {
    const home = new Folder();

    expect(setUpProviders(AWS, context(home, {}, [mirrorOf(home, 'old', '4.67.0')]))).toMatchObject({
      source: { kind: 'registry' },
    });
  });

  it('removes what it wrote', () => {
    const home = new Folder();
    const setup = setUpProviders(AWS, context(home, {}, [mirrorOf(home)]));
    setup.remove();

    expect(existsSync(setup.env.TF_CLI_CONFIG_FILE ?? '')).toBe(false);
  });
});
