import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { type ISynthesisSession, TerraformStack } from 'cdktf';
// Not of the public entry: the only way to write a file when, and only when, the stack is synthesized.
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import { Construct } from 'constructs';
import { archiveOf, type ZipArchive } from './zip';

export interface ZipAssetProps {
  /** Folder whose files go into the archive. */
  readonly folder: string;
}

/**
 * A folder that comes with the stack as a zip archive. Unlike `TerraformAsset`, whose archives carry the files' times,
 * it is the same archive as long as the files are the same.
 *
 * @example
 * const code = new ZipAsset(this, 'Code', { folder: '/path/to/bundle' });
 * new LambdaFunction(this, 'Resource', { filename: code.path, sourceCodeHash: code.archive.sha256Base64, ... });
 */
export class ZipAsset extends Construct {
  readonly archive: ZipArchive;
  /** Path of the archive, relative to the folder that Terraform runs in. */
  readonly path: string;

  constructor(scope: Construct, id: string, props: ZipAssetProps) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    const folder = posix.join('assets', stack.getLogicalId(this.node));
    this.archive = archiveOf(props.folder);
    this.path = posix.join(folder, this.archive.sha256.slice(0, 32), 'function.zip');
    addCustomSynthesis(this, {
      onSynthesize: ({ manifest, outdir }: ISynthesisSession) => {
        const stackFolder = join(outdir, manifest.forStack(stack).workingDirectory);
        const file = join(stackFolder, this.path);
        rmSync(join(stackFolder, folder), { recursive: true, force: true });
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, this.archive.bytes);
      },
    });
  }
}
