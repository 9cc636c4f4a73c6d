import type { ExecutionStatus } from '../../../wire/types';
import { EXECUTION_LOOKS } from '../../lib/status';

/** Filters of the list. They are part of the URL, so that it can be shared and the back button works. */
export interface Filters {
  readonly status: ExecutionStatus | undefined;
  readonly machine: string;
  readonly name: string;
  readonly page: number;
}

export function readFilters(query: Readonly<Record<string, string>>): Filters {
  const { status = '', machine = '', name = '', page = '1' } = query;
  return {
    status: status in EXECUTION_LOOKS ? (status as ExecutionStatus) : undefined,
    machine,
    name,
    page: Math.max(1, Number.parseInt(page, 10) || 1),
  };
}

/** The filters in use, by the names of their parameters. */
export function parametersOf({ status, machine, name }: Filters): Record<string, string> {
  return {
    ...(status === undefined ? {} : { status }),
    ...(machine === '' ? {} : { machine }),
    ...(name === '' ? {} : { name }),
  };
}

export function hrefOf(filters: Filters): string {
  const { page } = filters;
  const search = new URLSearchParams({ ...parametersOf(filters), ...(page > 1 ? { page: String(page) } : {}) });
  return search.size === 0 ? '/' : `/?${search}`;
}
