import { UnsupportedError } from '../unsupported-error';

/** A route key taken apart: `GET /tasks/{taskId}`, `ANY /files/{proxy+}`, `$default`. */
export type RouteKey =
  | { readonly kind: 'default' }
  | { readonly kind: 'route'; readonly method: string; readonly segments: readonly Segment[] };

export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  /** `{name+}`: the rest of the path. */
  | { readonly kind: 'greedy'; readonly name: string };

/** What `ANY` stands for. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
export const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const;

const PARAMETER = /^\{([A-Za-z0-9._:-]+)(\+?)\}$/;

/** @throws {UnsupportedError} naming the route key and what is allowed. */
export function parseRouteKey(key: string): RouteKey {
  if (key === '$default') {
    return { kind: 'default' };
  }
  const [method = '', path, ...rest] = key.split(' ');
  const known = method === 'ANY' || (METHODS as readonly string[]).includes(method);
  if (!known || path === undefined || !path.startsWith('/') || rest.length > 0) {
    throw new UnsupportedError(
      `route key ${JSON.stringify(key)} is not supported; supported: $default, or one of ANY ${METHODS.join(' ')} and a path`,
    );
  }
  const segments =
    path === '/'
      ? []
      : path
          .slice(1)
          .split('/')
          .map((text) => parseSegment(key, text));
  if (segments.slice(0, -1).some(({ kind }) => kind === 'greedy')) {
    throw new UnsupportedError(`route key ${JSON.stringify(key)} has a greedy parameter before its end`);
  }
  return { kind: 'route', method, segments };
}

function parseSegment(key: string, text: string): Segment {
  if (!/[{}]/.test(text)) {
    return { kind: 'literal', text };
  }
  const [, name, greedy] = PARAMETER.exec(text) ?? [];
  if (name === undefined) {
    throw new UnsupportedError(
      `route key ${JSON.stringify(key)} has segment ${JSON.stringify(text)}; supported: a literal, {name} or {name+}`,
    );
  }
  return { kind: greedy === '+' ? 'greedy' : 'parameter', name };
}
