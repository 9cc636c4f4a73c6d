import type { ExecutionStatus } from '../../../wire/types';
import { EXECUTION_LOOKS } from '../../lib/status';

/** What the list shows; kept in the address, so that it can be sent to somebody and the back button undoes it. */
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

export function hrefOf({ status, machine, name, page }: Filters): string {
  const search = new URLSearchParams();
  if (status !== undefined) {
    search.set('status', status);
  }
  if (machine !== '') {
    search.set('machine', machine);
  }
  if (name !== '') {
    search.set('name', name);
  }
  if (page > 1) {
    search.set('page', String(page));
  }
  const text = search.toString();
  return text === '' ? '/' : `/?${text}`;
}
