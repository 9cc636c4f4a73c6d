import { FUNCTIONS, type FunctionDefinitions } from './functions';

type Routes = {
  readonly [Name in keyof FunctionDefinitions as FunctionDefinitions[Name]['trigger'] extends {
    readonly kind: 'route';
  }
    ? Name
    : never]: FunctionDefinitions[Name]['trigger'] extends { readonly routeKey: infer Key } ? Key : never;
};

/** Every route of the APIs, under the name of the function that serves it. */
export const ROUTES = Object.fromEntries(
  Object.entries(FUNCTIONS).flatMap(([name, { trigger }]) =>
    trigger.kind === 'route' ? [[name, trigger.routeKey]] : [],
  ),
) as unknown as Routes;

/** Method and path, as API Gateway takes them. */
export type RouteKey = Routes[keyof Routes];
