import { impliedMirrors, mirrorHolds, platformName, searchMirrors } from '../../src/terraform/provider-mirror';
import { Folder } from '../support/folder';
import { mirrorOf } from '../support/mirror';

const AWS = [{ source: 'hashicorp/aws', version: '>= 5.100.0, < 7.0.0' }];

describe('mirrorHolds', () => {
  it.each([
    ['5.100.0', true],
    ['6.22.1', true],
    ['5.99.1', false],
    ['7.0.0', false],
  ])('compares version %s with the constraint: %s', (version, holds) => {
    expect(mirrorHolds(mirrorOf(new Folder(), 'mirror', version), AWS)).toBe(holds);
  });

  it('takes packed providers too', () => {
    const folder = new Folder();
    folder.write('registry.terraform.io/hashicorp/aws/terraform-provider-aws_6.1.0_linux_arm64.zip', '');

    expect(mirrorHolds(folder.path, AWS, 'linux_arm64')).toBe(true);
    expect(mirrorHolds(folder.path, AWS, 'linux_amd64')).toBe(false);
  });

  it('does not take a provider for another platform', () => {
    expect(mirrorHolds(mirrorOf(new Folder()), AWS, 'plan9_amd64')).toBe(false);
  });

  it('wants every provider that is required', () => {
    const mirror = mirrorOf(new Folder());

    expect(mirrorHolds(mirror, [...AWS, { source: 'hashicorp/random', version: '>= 3.0.0' }])).toBe(false);
  });
});

describe('platformName', () => {
  it.each([
    ['linux', 'x64', 'linux_amd64'],
    ['darwin', 'arm64', 'darwin_arm64'],
    ['win32', 'x64', 'windows_amd64'],
  ])('calls %s on %s %s', (system, architecture, name) => {
    expect(platformName(system, architecture)).toBe(name);
  });
});

describe('searchMirrors', () => {
  it('finds folders that contain registry.terraform.io, nearest first', () => {
    const root = new Folder();
    const far = root.folder('a/b/mirror');
    root.folder('a/b/mirror/registry.terraform.io');
    const near = root.folder('z');
    root.folder('z/registry.terraform.io');

    expect(searchMirrors([root.path])).toEqual([near, far]);
  });

  it('does not look deeper than four levels, nor into dependencies', () => {
    const root = new Folder();
    root.folder('1/2/3/4/5/registry.terraform.io');
    root.folder('node_modules/registry.terraform.io');

    expect(searchMirrors([root.path])).toEqual([]);
  });

  it('passes over folders that do not exist or cannot be read', () => {
    expect(searchMirrors(['/does/not/exist'])).toEqual([]);
  });
});

describe('impliedMirrors', () => {
  it('lists the directories that Terraform looks at by itself', () => {
    const directories = impliedMirrors({ HOME: '/home/me', XDG_DATA_DIRS: '/data' }, '/project');

    expect(directories).toEqual(
      expect.arrayContaining(['/project/terraform.d/plugins', '/home/me/.terraform.d/plugins']),
    );
  });
});
