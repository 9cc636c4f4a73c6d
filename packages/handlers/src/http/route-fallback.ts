import { HttpProblem } from '@workflows/lambda-commons/problem';
import { ConfigurationError } from '../errors';
import type { Route } from './handler';

interface KnownRoute {
  readonly method: string;
  readonly segments: readonly string[];
}

/**
 * Reads the route keys of an API.
 *
 * @param text JSON array, e.g. `["GET /tasks/{taskId}", "POST /tasks"]`
 * @throws ConfigurationError naming the entry that is not a route key
 */
export function parseRouteKeys(text: string): KnownRoute[] {
  return readArray(text).map((key) => {
    const [, method, path] = /^([A-Z]+) (\/\S*)$/.exec(String(key)) ?? [];
    if (method === undefined || path === undefined) {
      throw new ConfigurationError(
        `API_ROUTES contains ${JSON.stringify(key)}. A route key is a method and a path, such as "GET /tasks/{taskId}".`,
      );
    }
    return { method, segments: path.split('/') };
  });
}

function readArray(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) {
      return value;
    }
  } catch {
    // Falls through to the one error for everything that is not an array.
  }
  throw new ConfigurationError('API_ROUTES is not a JSON array of route keys, such as ["GET /tasks/{taskId}"].');
}

/**
 * The `$default` route, for requests that match no other route. 405 with `Allow` if the path exists, else 404.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-405-method-not-allowed
 */
export const routeFallback =
  (routes: readonly KnownRoute[]): Route =>
  async ({ path, method }) => {
    const segments = path.split('/');
    const methods = routes.filter((route) => matches(route.segments, segments)).map((route) => route.method);
    if (methods.length === 0 || methods.includes(method)) {
      throw new HttpProblem('route-not-found', 'The API has no route for this path.');
    }
    const allow = [...new Set(methods)].sort().join(', ');
    throw new HttpProblem('method-not-allowed', `The route supports ${allow}.`, { headers: { Allow: allow } });
  };

const matches = (template: readonly string[], segments: readonly string[]): boolean =>
  template.length === segments.length &&
  template.every((part, index) => (/^\{[^}]+\}$/.test(part) ? segments[index] !== '' : part === segments[index]));
