import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';

const folders: string[] = [];

/** A stack to put constructs into. What it writes is removed after the tests of the file. */
export function newStack(): TerraformStack {
  const outdir = mkdtempSync(join(tmpdir(), 'callback-tasks-'));
  folders.push(outdir);
  const stack = new TerraformStack(Testing.app({ outdir }), 'Stack');
  new AwsProvider(stack, 'aws', { region: 'us-east-1' });
  return stack;
}

afterAll(() => {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true, force: true });
  }
});
