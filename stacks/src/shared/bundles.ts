import { dirname, join } from 'node:path';

const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** Folder with the built bundle of one of the handlers. */
export const handlerBundle = (name: string): string =>
  join(packageFolder('@workflows/handlers'), 'dist', 'functions', name);

/** Folder with the built bundle of the mock external service. */
export const externalServiceBundle = (): string =>
  join(packageFolder('@workflows/external-service'), 'dist', 'functions', 'external-service');
