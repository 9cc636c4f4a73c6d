import * as v from 'valibot';
import { ACCOUNT_ID, PARTITION } from '../../account';
import { blocks, oneOf, optional, text } from '../arguments';
import { dataSource } from '../resource-type';

const texts = v.array(text);
const principals = blocks({ identifiers: texts, type: text });

/** One value is written as itself, several as a list, as the provider does. */
const single = (values: readonly string[]) => (values.length === 1 ? (values[0] ?? '') : [...values]);

export const dataSources = [
  dataSource({
    type: 'aws_caller_identity',
    arguments: {},
    create: () => ({
      account_id: ACCOUNT_ID,
      arn: `arn:${PARTITION}:iam::${ACCOUNT_ID}:root`,
      id: ACCOUNT_ID,
      user_id: ACCOUNT_ID,
    }),
  }),
  dataSource({
    type: 'aws_region',
    arguments: {},
    create: (_values, { cloud: { region } }) => ({ id: region, name: region, region }),
  }),
  dataSource({
    type: 'aws_partition',
    arguments: {},
    create: () => ({ dns_suffix: 'amazonaws.com', id: PARTITION, partition: PARTITION }),
  }),
  dataSource({
    type: 'aws_iam_policy_document',
    arguments: {
      statement: blocks({
        actions: texts,
        condition: optional(blocks({ test: text, values: texts, variable: text }), []),
        effect: optional(oneOf(['Allow', 'Deny']), 'Allow'),
        principals: optional(principals, []),
        resources: optional(texts, []),
        sid: optional(text),
      }),
      version: optional(text, '2012-10-17'),
    },
    create: ({ statement, version }) => {
      const json = JSON.stringify({
        Version: version,
        Statement: statement.map((it) => ({
          ...(it.sid === undefined ? {} : { Sid: it.sid }),
          Effect: it.effect,
          Action: single(it.actions),
          ...(it.resources.length > 0 ? { Resource: single(it.resources) } : {}),
          ...(it.principals.length > 0
            ? {
                Principal: Object.fromEntries(
                  it.principals.map(({ identifiers, type }) => [type, single(identifiers)]),
                ),
              }
            : {}),
          ...(it.condition.length > 0 ? { Condition: conditionsOf(it.condition) } : {}),
        })),
      });
      return { id: 'policy', json, minified_json: json };
    },
  }),
];

function conditionsOf(conditions: readonly { test: string; values: string[]; variable: string }[]) {
  const byTest: Record<string, Record<string, string | string[]>> = {};
  for (const { test, values, variable } of conditions) {
    byTest[test] = { ...byTest[test], [variable]: single(values) };
  }
  return byTest;
}
