import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { parseOutputs } from '@workflows/contract';
import { type KnownOutputs, knownOutputs } from './outputs';

/** Credentials given as such; absent means the SDK's own chain (environment, profile, role). */
export interface StaticCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where to look: the embedded runtime, an emulator, or an AWS account. */
export interface Target {
  /** `local`: an endpoint URL is given; `aws`: a real account. */
  readonly kind: 'local' | 'aws';
  readonly region: string;
  readonly awsEndpoint?: string;
  readonly credentials?: StaticCredentials;
  readonly outputs: KnownOutputs;
}

export interface TargetOptions {
  /** Directory whose `.local` the embedded runtime writes. @default the working directory */
  readonly root?: string;
  /** @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** An outputs file of `cdktf deploy`; looks at the account of the environment, not at the embedded runtime. */
  readonly outputsFile?: string;
  /** Look at the account of the environment, even while the embedded runtime is up. */
  readonly aws?: boolean;
}

/** No target was found. The message says what is missing and what to do. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/**
 * Decides where to look: an option beats the environment, which beats the files of the embedded runtime
 * (`.local/outputs.json`, `.local/aws.env`).
 *
 * @throws {TargetError} when there is neither a runtime, nor outputs, nor a region
 */
export function resolveTarget(options: TargetOptions = {}): Target {
  const env = options.env ?? process.env;
  const root = options.root ?? process.cwd();
  const local = { outputs: join(root, '.local', 'outputs.json'), env: join(root, '.local', 'aws.env') };
  if (options.aws !== true && options.outputsFile === undefined && existsSync(local.env)) {
    const settings = { ...parseEnv(readFileSync(local.env, 'utf8')), ...picked(env, ['AWS_ENDPOINT_URL']) };
    return fromEnvironment(settings, existsSync(local.outputs) ? readOutputs(local.outputs) : {});
  }
  const outputs = options.outputsFile === undefined ? {} : readOutputs(resolve(root, options.outputsFile));
  if (outputs.region === undefined && regionOf(env) === undefined) {
    throw new TargetError(
      options.aws === true
        ? 'The AWS region is not set. Set AWS_REGION, or pass --outputs with the file that `cdktf deploy --outputs-file` wrote.'
        : 'No target found: the embedded runtime is not running (there is no .local/aws.env), and neither --outputs nor AWS_REGION is set. Run `pnpm start`, or pass --outputs with the file that `cdktf deploy --outputs-file` wrote.',
    );
  }
  return fromEnvironment(options.aws === true ? { ...env, AWS_ENDPOINT_URL: undefined } : env, outputs);
}

function fromEnvironment(env: Readonly<Record<string, string | undefined>>, outputs: KnownOutputs): Target {
  const endpoint = env.AWS_ENDPOINT_URL;
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  const credentials =
    accessKeyId && secretAccessKey
      ? { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } }
      : {};
  return {
    kind: endpoint ? 'local' : 'aws',
    region: outputs.region ?? regionOf(env) ?? 'us-east-1',
    ...(endpoint ? { awsEndpoint: endpoint } : {}),
    ...credentials,
    outputs,
  };
}

function regionOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env.AWS_REGION || env.AWS_DEFAULT_REGION || env.WORKFLOWS_REGION || undefined;
}

function picked(env: Readonly<Record<string, string | undefined>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name] as string]] : [])));
}

function readOutputs(path: string): KnownOutputs {
  try {
    return knownOutputs(parseOutputs(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new TargetError(
      `Cannot read the outputs file ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
