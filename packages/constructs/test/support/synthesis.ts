import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { NodeFunction } from '../../src';
import { permissionsOfRole } from '../../src/testing';

export { onlyResource, permissionsOfRole, readable, resourcesOf } from '../../src/testing';

/** A stack to put constructs into. */
export function newStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app({ outdir: temporaryFolder('cdktf-') }), 'Stack');
  new AwsProvider(stack, 'aws', { region: 'us-east-1' });
  return stack;
}

/** The permissions for a service that a grant gives to a function. */
export function granted(stack: TerraformStack, service: string, grant: (fn: NodeFunction) => void): string[] {
  const fn = new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() });
  grant(fn);
  return permissionsOfRole(stack, 'fn').filter((permission) => permission.startsWith(`${service}:`));
}

const folders: string[] = [];

/** A folder that is removed after the tests of the file. */
function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  folders.push(folder);
  return folder;
}

/** A folder with a function that does nothing, removed after the tests of the file. */
export function bundle(code = 'exports.handler = async () => null;'): string {
  const folder = temporaryFolder('bundle-');
  writeFileSync(join(folder, 'index.js'), code);
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true, force: true });
  }
});
