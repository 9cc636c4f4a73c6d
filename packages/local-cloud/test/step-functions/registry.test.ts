import { OPTIMIZED_INTEGRATIONS, PATTERN_SUFFIX, parseTaskResource } from '@workflows/states-language';
import * as integrations from '../../src/step-functions/integrations';
import type { Integration } from '../../src/step-functions/tasks/integration';
import { integrationFor } from '../../src/step-functions/tasks/registry';

/** Each integration with the ARNs that it claims. Functions and activities have ARNs of their own. */
const claims = Object.entries<Integration>(integrations).flatMap(([name, integration]) => {
  const actions = integration.actions === 'all' ? ['anyAction'] : integration.actions;
  return actions
    .filter((action) => action !== 'function' && action !== 'activity')
    .flatMap((action) =>
      integration.patterns.map((pattern): [string, string] => [
        `arn:aws:states:::${integration.service}:${action}${PATTERN_SUFFIX[pattern]}`,
        name,
      ]),
    );
});

describe('the integrations of the runtime', () => {
  it.each(claims)('%s is known to AWS, and carried out by %s alone', (arn, name) => {
    expect(integrationFor(parseTaskResource(arn))).toBe((integrations as Record<string, Integration>)[name]);
    expect(claims.filter(([claimed]) => claimed === arn)).toHaveLength(1);
  });

  it('are fewer than those of AWS, and the others are found nowhere', () => {
    const others = Object.entries(OPTIMIZED_INTEGRATIONS).flatMap(([service, actions]) =>
      Object.keys(actions).map((action) => `arn:aws:states:::${service}:${action}`),
    );
    const claimed = new Set(claims.map(([arn]) => arn));
    const found = others.filter((arn) => integrationFor(parseTaskResource(arn)) !== undefined);

    expect(found).toEqual(others.filter((arn) => claimed.has(arn)));
    expect(found.length).toBeLessThan(others.length);
  });
});
