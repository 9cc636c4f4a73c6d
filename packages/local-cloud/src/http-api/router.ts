import findMyWay from 'find-my-way';
import { METHODS, parseRouteKey, type Segment } from './route-key';

export interface Match<Route> {
  readonly route: Route;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** A path may be long; find-my-way would turn away parameters of more than 100 characters. */
const MAX_PARAMETER_LENGTH = 10_240;

interface Entry<Route> {
  readonly route: Route;
  readonly names: readonly string[];
}

/**
 * Picks the route of a request: literal before parameter before greedy parameter, a named method before `ANY`, and
 * `$default` last.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export class Router<Route> {
  readonly #tree = findMyWay({ maxParamLength: MAX_PARAMETER_LENGTH, caseSensitive: true });
  readonly #fallback: Route | undefined;

  /** @throws {UnsupportedError} for a route key that is not supported. */
  constructor(routes: readonly { readonly key: string; readonly route: Route }[]) {
    const parsed = routes.map(({ key, route }) => ({ route, key: parseRouteKey(key) }));
    this.#fallback = parsed.find(({ key }) => key.kind === 'default')?.route;
    for (const { key, route } of parsed) {
      if (key.kind === 'route' && key.method !== 'ANY') {
        this.#add(key.method, key.segments, route);
      }
    }
    for (const { key, route } of parsed) {
      if (key.kind !== 'route' || key.method !== 'ANY') {
        continue;
      }
      for (const method of METHODS) {
        if (this.#tree.findRoute(method, pattern(key.segments)) === null) {
          this.#add(method, key.segments, route);
        }
      }
    }
  }

  find(method: string, path: string): Match<Route> | undefined {
    const found = this.#tree.find(method as findMyWay.HTTPMethod, path);
    const values = Object.values(found?.params ?? {}) as string[];
    // A parameter stands for at least one character, a greedy one too.
    if (found === null || values.includes('')) {
      return this.#fallback === undefined ? undefined : { route: this.#fallback, pathParameters: {} };
    }
    const { names, route } = found.store as Entry<Route>;
    return { route, pathParameters: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) };
  }

  #add(method: string, segments: readonly Segment[], route: Route): void {
    const names = segments.flatMap((segment) => (segment.kind === 'literal' ? [] : [segment.name]));
    const entry: Entry<Route> = { route, names };
    this.#tree.on(method as findMyWay.HTTPMethod, pattern(segments), () => undefined, entry);
  }
}

/** In find-my-way's notation. Parameters get names of ours: those of AWS may contain what it reads as syntax. */
function pattern(segments: readonly Segment[]): string {
  const parts = segments.map((segment, index) => {
    if (segment.kind === 'greedy') {
      return '*';
    }
    return segment.kind === 'parameter' ? `:p${index}` : segment.text.replaceAll(':', '::');
  });
  return `/${parts.join('/')}`;
}
