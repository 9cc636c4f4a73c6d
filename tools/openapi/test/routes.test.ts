/** Proves that the document names every route of the stacks, and no other. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STACKS } from '@workflows/contract';
import { createApp, readConfig } from '@workflows/stacks';
import type { ApiName } from '../src/model';
import { CATALOGUE_APIS, WRITTEN_OPERATIONS } from '../src/operations';

interface Resources {
  readonly aws_apigatewayv2_api?: Readonly<Record<string, { readonly name: string }>>;
  readonly aws_apigatewayv2_route?: Readonly<Record<string, { readonly api_id: string; readonly route_key: string }>>;
}

/** The APIs' names in AWS, after that of the environment; `<id>-api` for a pattern that the catalogue describes. */
const NAMES: Readonly<Partial<Record<string, string>>> = {
  workflows: 'workflow-api',
  idempotent: 'idempotent-api',
  mock: 'service-api',
} satisfies Record<ApiName, string>;

function synthesizedRoutes(): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    createApp(readConfig({ WORKFLOWS_ENVIRONMENT: 'docs' }), { outdir }).synth();
    return STACKS.flatMap((stack) => {
      const json = JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
      return routesOf(json.resource);
    });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function routesOf({ aws_apigatewayv2_api: apis = {}, aws_apigatewayv2_route: routes = {} }: Resources): string[] {
  return Object.values(routes).map(({ api_id: reference, route_key: key }) => {
    const id = /aws_apigatewayv2_api\.([^.]+)\./.exec(reference)?.[1] ?? '';
    return `${apis[id]?.name.replace(/^docs-/, '')} ${key}`;
  });
}

it('describes the routes that the stacks deploy, and only those', () => {
  const documented = [...WRITTEN_OPERATIONS, ...CATALOGUE_APIS.flatMap((api) => api.operations)].map(
    ({ api, routeKey }) => `${NAMES[api] ?? `${api}-api`} ${routeKey}`,
  );
  const deployed = synthesizedRoutes().filter((route) => !route.endsWith(' $default'));

  expect(documented.sort()).toEqual(deployed.sort());
});
