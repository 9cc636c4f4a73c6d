import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RealClock } from '../../src/clock';
import { allowEverything } from '../../src/iam';
import { type FunctionConfiguration, Functions, type FunctionsOptions } from '../../src/lambda';

/** A folder with the given files, as a function's code. */
export function codeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'local-cloud-test-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export function createFunctions(options: Partial<FunctionsOptions> = {}): Functions {
  return new Functions({
    region: 'us-east-1',
    clock: new RealClock(),
    authorizer: allowEverything,
    credentialsFor: () => ({ accessKeyId: 'ASIATEST', secretAccessKey: 'secret', sessionToken: 'session' }),
    endpoint: () => 'http://127.0.0.1:4566',
    ...options,
  });
}

export function configurationOf(name: string, changes: Partial<FunctionConfiguration> = {}): FunctionConfiguration {
  return {
    name,
    arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    roleArn: 'arn:aws:iam::000000000000:role/test',
    region: 'us-east-1',
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    description: '',
    timeoutSeconds: 3,
    memorySizeMb: 128,
    architectures: ['arm64'],
    variables: {},
    tracingMode: 'PassThrough',
    ...changes,
  };
}

/** Hosts a function whose module is `source`. */
export function host(
  functions: Functions,
  name: string,
  source: string,
  changes: Partial<FunctionConfiguration> = {},
): void {
  const code = functions.codeStore.fromPath(codeFolder({ 'index.js': source }));
  functions.create(configurationOf(name, changes), code);
}

export async function call(functions: Functions, name: string, event: unknown = {}) {
  const result = await functions.invoke(name, JSON.stringify(event), {
    invocationType: 'RequestResponse',
    principal: undefined,
  });
  return { ...result, json: JSON.parse(result.payload) as unknown };
}
