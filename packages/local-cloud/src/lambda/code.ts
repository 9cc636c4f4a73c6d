import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { AwsError } from '../contracts';

/** A function's code, ready to be loaded. */
export interface Code {
  readonly taskRoot: string;
  readonly sizeBytes: number;
  /** Base64, as `CodeSha256` has it. */
  readonly sha256: string;
}

/** Unpacks deployment packages into a temporary folder of its own. */
export class CodeStore {
  #root: string | undefined;

  /** @param path a zip file, or a folder with the code as it is */
  fromPath(path: string): Code {
    if (!statSync(path, { throwIfNoEntry: false })) {
      throw new AwsError('InvalidParameterValueException', `${path} does not exist. Build the functions first`);
    }
    if (!statSync(path).isDirectory()) {
      return this.fromZip(readFileSync(path));
    }
    return { taskRoot: path, sizeBytes: 0, sha256: createHash('sha256').update(path).digest('base64') };
  }

  /** @throws {AwsError} `InvalidParameterValueException` for what is not a zip, or a zip that leaves its folder. */
  fromZip(zip: Uint8Array): Code {
    const files = unzip(zip);
    this.#root ??= createRoot();
    const taskRoot = mkdtempSync(join(this.#root, 'function-'));
    for (const [name, content] of Object.entries(files)) {
      const target = resolve(taskRoot, name);
      if (!target.startsWith(taskRoot + sep)) {
        throw new AwsError(
          'InvalidParameterValueException',
          `zip entry ${JSON.stringify(name)} lies outside of the package`,
        );
      }
      mkdirSync(name.endsWith('/') ? target : dirname(target), { recursive: true });
      if (!name.endsWith('/')) {
        writeFileSync(target, content);
      }
    }
    return { taskRoot, sizeBytes: zip.byteLength, sha256: createHash('sha256').update(zip).digest('base64') };
  }

  close(): void {
    if (this.#root !== undefined) {
      rmSync(this.#root, { recursive: true, force: true });
    }
    this.#root = undefined;
  }
}

/**
 * The folder of all functions. Lambda provides the AWS SDK to those that do not bundle it; here that is the one that is
 * installed where the runtime was started.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
 */
function createRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'local-cloud-'));
  const sdk = installedSdk(process.cwd());
  if (sdk !== undefined) {
    mkdirSync(join(root, 'node_modules'));
    symlinkSync(sdk, join(root, 'node_modules', '@aws-sdk'), 'junction');
  }
  return root;
}

/** As Node looks for packages: in a folder, and then in those above it. */
function installedSdk(folder: string): string | undefined {
  const candidate = join(folder, 'node_modules', '@aws-sdk');
  if (existsSync(candidate)) {
    return candidate;
  }
  return dirname(folder) === folder ? undefined : installedSdk(dirname(folder));
}

function unzip(zip: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch {
    throw new AwsError(
      'InvalidParameterValueException',
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    );
  }
}
