import { PATTERNS } from '@workflows/contract';
import type { Operation } from '../model';
import { type CatalogueApi, describeByCatalogue } from './from-catalogue';
import { IDEMPOTENT_OPERATIONS } from './idempotent';
import { MOCK_OPERATIONS } from './mock';
import { TASK_OPERATIONS } from './tasks';
import { WORKFLOW_OPERATIONS } from './workflows';

export const WRITTEN_OPERATIONS: readonly Operation[] = [
  ...WORKFLOW_OPERATIONS,
  ...TASK_OPERATIONS,
  ...IDEMPOTENT_OPERATIONS,
  ...MOCK_OPERATIONS,
];

const isWritten = (path: string): boolean => WRITTEN_OPERATIONS.some(({ routeKey }) => routeKey === `POST /${path}`);

/** The APIs whose operations nobody has written: the catalogue describes them. */
export const CATALOGUE_APIS: readonly CatalogueApi[] = PATTERNS.flatMap((pattern) =>
  pattern.start.kind === 'api' && isWritten(pattern.start.path) ? [] : describeByCatalogue(pattern),
);
