import { createRequire } from 'node:module';
import { join } from 'node:path';
import { clientPackage } from './packages';
import type { Shape } from './shapes';

export interface CommandInstance {
  readonly schema?: readonly unknown[];
  readonly middlewareStack: {
    add(middleware: (next: Next) => Next, options: { readonly step: 'deserialize'; readonly name: string }): void;
  };
}

type Next = (argument: unknown) => Promise<{ readonly response: HttpResponse }>;

export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Client {
  readonly config: { readonly serviceId: string };
  send(command: CommandInstance): Promise<Record<string, unknown>>;
  destroy(): void;
}

/** What a `@aws-sdk/client-…` package exports, as far as it is used. */
export interface ClientPackage {
  readonly Client: new (configuration: Record<string, unknown>) => Client;
  /** By the name of the action in lower case. */
  readonly commands: ReadonlyMap<string, new (input: unknown) => CommandInstance>;
  /** Whether the model of the service has an error of this name. */
  models(errorName: string): boolean;
  shapeOf(schema: unknown): Shape;
}

/** The package of a service's client cannot be used. The message says what to do. */
export class ClientPackageError extends Error {
  override readonly name = 'ClientPackageError';
}

/**
 * Loads the client of a service as a program in `folder` would.
 *
 * @throws {ClientPackageError} when it is not installed there
 */
export function loadClientPackage(service: string, folder: string): ClientPackage {
  const name = clientPackage(service);
  const fromFolder = createRequire(join(folder, 'package.json'));
  let path: string;
  try {
    path = fromFolder.resolve(name);
  } catch {
    throw new ClientPackageError(
      `Calls to ${service} are made by the AWS SDK's package ${name}, which is not installed in ${folder}. ` +
        `Install it there: npm install ${name}. Or mock the state (--mocks).`,
    );
  }
  const exported: Record<string, unknown> = fromFolder(name);
  const constructors = Object.entries(exported).filter(([, it]) => typeof it === 'function');
  const client = constructors.find(([key]) => key.endsWith('Client') && !key.startsWith('__'))?.[1];
  if (client === undefined) {
    throw new ClientPackageError(`The package ${name} exports no client.`);
  }
  return {
    Client: client as ClientPackage['Client'],
    commands: new Map(
      constructors
        .filter(([key]) => key.endsWith('Command'))
        .map(([key, it]) => [key.slice(0, -'Command'.length).toLowerCase(), it as never]),
    ),
    models: (errorName) =>
      typeof exported[errorName] === 'function' || typeof exported[`${errorName}Exception`] === 'function',
    shapeOf: shapeReader(name, path),
  };
}

function shapeReader(name: string, path: string): (schema: unknown) => Shape {
  try {
    const { NormalizedSchema } = createRequire(path)('@smithy/core/schema');
    return (schema) => NormalizedSchema.of(schema);
  } catch {
    throw new ClientPackageError(
      `The installed version of ${name} is too old: it does not describe its operations. Install a newer one: npm install ${name}@latest.`,
    );
  }
}
