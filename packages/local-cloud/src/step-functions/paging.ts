import { AwsError } from '../contracts';

/** AWS's page size where none, or 0, is asked for. */
const DEFAULT_PAGE_SIZE = 100;

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/**
 * Cuts one page out of a list whose positions stay put while it grows.
 *
 * @param scope what the list is of, with its filters: a token is good only for the list that it came from
 * @throws {AwsError} `InvalidToken` for a token of another list
 */
export function pageOf<T>(all: readonly T[], request: PageRequest, scope: readonly unknown[]): Page<T> {
  const size = request.maxResults === undefined || request.maxResults === 0 ? DEFAULT_PAGE_SIZE : request.maxResults;
  const start = request.nextToken === undefined ? 0 : positionOf(request.nextToken, scope);
  const end = start + size;
  const items = all.slice(start, end);
  return end < all.length ? { items, nextToken: tokenFor(end, scope) } : { items };
}

/** As `pageOf`, of everything that has a name, in the order of the names. */
export function pageByName<T extends { readonly name: string }>(
  all: readonly T[],
  request: PageRequest,
  what: string,
): Page<T> {
  return pageOf(
    [...all].sort((one, other) => (one.name < other.name ? -1 : 1)),
    request,
    [what],
  );
}

/**
 * As `pageOf`, for a list shown from its newest item to its oldest: positions count from the oldest, so that items
 * added between two calls neither shift a page nor repeat an item.
 */
export function newestFirstPageOf<T>(
  oldestFirst: readonly (T | undefined)[],
  keep: (item: T) => boolean,
  request: PageRequest,
  scope: readonly unknown[],
): Page<T> {
  const size = request.maxResults === undefined || request.maxResults === 0 ? DEFAULT_PAGE_SIZE : request.maxResults;
  const items: T[] = [];
  let index = request.nextToken === undefined ? oldestFirst.length : positionOf(request.nextToken, scope);
  for (; index > 0; index--) {
    const item = oldestFirst[index - 1];
    if (item === undefined || !keep(item)) {
      continue;
    }
    if (items.length === size) {
      return { items, nextToken: tokenFor(index, scope) };
    }
    items.push(item);
  }
  return { items };
}

function tokenFor(position: number, scope: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([position, ...scope])).toString('base64url');
}

function positionOf(token: string, scope: readonly unknown[]): number {
  try {
    const [position, ...rest]: unknown[] = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (typeof position === 'number' && JSON.stringify(rest) === JSON.stringify(scope)) {
      return position;
    }
  } catch {
    // Not a token of ours: answered below like one of another list.
  }
  throw new AwsError('InvalidToken', "Invalid Token: 'The nextToken is not one of this list'");
}
