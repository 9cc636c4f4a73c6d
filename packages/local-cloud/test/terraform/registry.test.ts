/** Proves that the resource types describe themselves: each is found by its name alone, and the README lists them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TYPES, typeOf } from '../../src/terraform/registry';

const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

/** Names in the first column of the README's table, by the kind of row. */
const listed = [...readme.matchAll(/^\| (Data sources )?((?:`aws_\w+`(?:, )?)+) \| (.*) \|$/gm)].flatMap(
  ([, data, names = '', notes = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, type = '']) => ({
      mode: data === undefined ? 'resource' : 'data',
      type,
      withoutEffect: notes.startsWith('Accepted without effect'),
    })),
);

describe('the resource types of the runtime', () => {
  it.each(TYPES)('$mode $type is found, once', (type) => {
    expect(typeOf(type)).toBe(type);
    expect(TYPES.filter((it) => it.mode === type.mode && it.type === type.type)).toHaveLength(1);
  });

  it('are those that the README lists, with and without effect', () => {
    const known = TYPES.map(({ mode, type, withoutEffect }) => ({
      mode,
      type,
      withoutEffect: withoutEffect !== undefined,
    }));
    const byType = (a: { type: string }, b: { type: string }) => a.type.localeCompare(b.type);

    expect(listed.sort(byType)).toEqual(known.sort(byType));
  });

  it('are named in the error about another', () => {
    expect(() => typeOf({ mode: 'data', type: 'aws_vpc' })).toThrow(
      'data source `aws_vpc` is not supported; supported: aws_caller_identity, aws_iam_policy_document, aws_partition, aws_region',
    );
  });
});
