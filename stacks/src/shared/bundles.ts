import { dirname, join } from 'node:path';

/** Folder with the built bundle of the mock external service. */
export const externalServiceBundle = (): string =>
  join(dirname(require.resolve('@workflows/external-service/package.json')), 'dist', 'functions', 'external-service');
