import { Testing } from 'cdktf';
import { type GlobalIndex, NodeFunction, Table } from '../src';
import { bundle, granted, newStack, onlyResource, permissionsOfRole } from './support/synthesis';

const build = (props: { ttlAttribute?: string; protect?: boolean } = {}) => {
  const stack = newStack();
  const table = new Table(stack, 'Tasks', { name: 'dev-tasks', partitionKey: 'taskId', ...props });
  return { stack, table };
};

describe('Table', () => {
  it('is on demand, encrypted, recoverable and protected', () => {
    expect(onlyResource(build().stack, 'aws_dynamodb_table')).toEqual({
      name: 'dev-tasks',
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'taskId',
      attribute: [{ name: 'taskId', type: 'S' }],
      server_side_encryption: { enabled: true },
      point_in_time_recovery: { enabled: true },
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  it('lets items expire when it has an attribute for that', () => {
    expect(onlyResource(build({ ttlAttribute: 'expiresAt' }).stack, 'aws_dynamodb_table')).toMatchObject({
      ttl: { attribute_name: 'expiresAt', enabled: true },
    });
  });

  it('can be deleted where that is allowed', () => {
    expect(onlyResource(build({ protect: false }).stack, 'aws_dynamodb_table')).toMatchObject({
      deletion_protection_enabled: false,
      lifecycle: { prevent_destroy: false },
    });
  });

  it.each([
    ['grantRead', 'dynamodb:GetItem'],
    ['grantReadWrite', 'dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem'],
  ] as const)('%s grants exactly %s on this table', (grant, actions) => {
    const { stack, table } = build();

    expect(granted(stack, 'dynamodb', (fn) => table[grant](fn))).toEqual([
      `${actions} on <aws_dynamodb_table.Tasks.arn>`,
    ]);
  });

  it('grants single operations', () => {
    const { stack, table } = build();
    const fn = new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() });
    table.grant(fn, 'dynamodb:PutItem');

    expect(permissionsOfRole(stack, 'fn')).toContain('dynamodb:PutItem on <aws_dynamodb_table.Tasks.arn>');
  });

  describe('with an index', () => {
    const indexed = (...indexes: readonly GlobalIndex[]) => {
      const stack = newStack();
      return { stack, table: new Table(stack, 'Tasks', { name: 'dev-tasks', partitionKey: 'taskId', indexes }) };
    };

    it('declares each key once, and projects what is asked for', () => {
      const { stack } = indexed(
        { name: 'waiting', partitionKey: 'shard', sortKey: 'since', attributes: ['expiresAt'] },
        { name: 'by-shard', partitionKey: 'shard' },
      );

      expect(onlyResource(stack, 'aws_dynamodb_table')).toMatchObject({
        attribute: [
          { name: 'taskId', type: 'S' },
          { name: 'shard', type: 'S' },
          { name: 'since', type: 'S' },
        ],
        global_secondary_index: [
          {
            name: 'waiting',
            hash_key: 'shard',
            range_key: 'since',
            projection_type: 'INCLUDE',
            non_key_attributes: ['expiresAt'],
          },
          { name: 'by-shard', hash_key: 'shard', projection_type: 'KEYS_ONLY' },
        ],
      });
    });

    it('grants queries of that index, and of nothing else', () => {
      const { stack, table } = indexed({ name: 'waiting', partitionKey: 'shard' });
      const fn = new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() });
      table.grantQuery(fn, 'waiting');

      expect(permissionsOfRole(stack, 'fn').filter((it) => it.startsWith('dynamodb:'))).toEqual([
        'dynamodb:Query on <aws_dynamodb_table.Tasks.arn>/index/waiting',
      ]);
    });

    it.each([
      [['waiting'], 'waiting'],
      [[], 'none'],
    ])('refuses a grant on an index that is not there, with %j', (names, known) => {
      const { stack, table } = indexed(...names.map((name) => ({ name, partitionKey: 'shard' })));
      const fn = new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() });

      expect(() => table.grantQuery(fn, 'late')).toThrow(
        `Stack/Tasks: the table has no index "late"; it has: ${known}. Declare it in "indexes".`,
      );
    });

    it('refuses two indexes of one name, and a name that DynamoDB refuses', () => {
      const index = { name: 'waiting', partitionKey: 'shard' };

      expect(() => indexed(index, index)).toThrow(
        'Stack/Tasks: index "waiting" is declared twice; index names must be unique. Rename one.',
      );
      expect(() => indexed({ ...index, name: 'a b' })).toThrow(
        'Stack/Tasks: index name "a b" is not valid: it has 3 characters; allowed: 3 to 255 characters of A-Z, a-z, 0-9, _, . and -.',
      );
    });
  });

  it('refuses a name that DynamoDB refuses', () => {
    expect(() => new Table(newStack(), 'Tasks', { name: 'ab', partitionKey: 'id' })).toThrow(
      'Stack/Tasks: table name "ab" is not valid: it has 2 characters; allowed: 3 to 255 characters of A-Z, a-z, 0-9, _, . and -.',
    );
  });

  it('keeps its ids, which are addresses in the state', () => {
    expect(Testing.renderConstructTree(build().table)).toMatchInlineSnapshot(`
      "Tasks (Table)
      └── Resource (DynamodbTable)
      "
    `);
  });
});
