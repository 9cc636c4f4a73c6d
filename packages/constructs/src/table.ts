import { DynamodbTable, type DynamodbTableGlobalSecondaryIndex } from '@cdktf/provider-aws/lib/dynamodb-table';
import { Construct } from 'constructs';
import { duplicateIndex, unknownIndex } from './errors';
import type { Grantee } from './grants';
import { checkName, NAME_RULES } from './guards';

/** The data operations that can be granted to a function. */
export type TableAction =
  | 'dynamodb:DeleteItem'
  | 'dynamodb:GetItem'
  | 'dynamodb:PutItem'
  | 'dynamodb:Query'
  | 'dynamodb:UpdateItem';

/**
 * A global secondary index. It contains only the items that have its key attributes.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
export interface GlobalIndex {
  /** 3 to 255 characters of `A-Z a-z 0-9 _ . -`. */
  readonly name: string;
  /** Name of the index's partition key, a string. */
  readonly partitionKey: string;
  /** Name of its sort key, a string. @default - none */
  readonly sortKey?: string;
  /** Attributes that the index projects in addition to the keys. @default - none */
  readonly attributes?: readonly string[];
}

export interface TableProps {
  /** 3 to 255 characters of `A-Z a-z 0-9 _ . -`. */
  readonly name: string;
  /** Name of the partition key, a string. */
  readonly partitionKey: string;
  /**
   * TTL attribute: the time in epoch seconds after which DynamoDB may delete an item.
   *
   * @default - items do not expire
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
   */
  readonly ttlAttribute?: string;
  /** @default - none */
  readonly indexes?: readonly GlobalIndex[];
  /**
   * Keeps AWS and Terraform from deleting the table.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/**
 * An on-demand DynamoDB table, encrypted with the account's key `aws/dynamodb`, which AWS manages and bills per request,
 * and recoverable to any point of the last 35 days.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
 * @example
 * const tasks = new Table(this, 'Tasks', { name: 'dev-tasks', partitionKey: 'taskId', ttlAttribute: 'expiresAt' });
 * tasks.grant(fn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
 */
export class Table extends Construct {
  readonly resource: DynamodbTable;
  readonly #indexNames: readonly string[];

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    checkName(this, NAME_RULES.table, props.name);
    const { indexes = [], protect = true } = props;
    this.#indexNames = checkIndexes(this, indexes);
    this.resource = new DynamodbTable(this, 'Resource', {
      name: props.name,
      billingMode: 'PAY_PER_REQUEST',
      hashKey: props.partitionKey,
      attribute: keysOf(props).map((name) => ({ name, type: 'S' })),
      ...(indexes.length === 0 ? {} : { globalSecondaryIndex: indexes.map(renderIndex) }),
      ...(props.ttlAttribute === undefined ? {} : { ttl: { attributeName: props.ttlAttribute, enabled: true } }),
      serverSideEncryption: { enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: protect,
      lifecycle: { preventDestroy: protect },
    });
  }

  /** The table's name as a reference, so that Terraform creates the table before the resources that use the name. */
  get name(): string {
    return this.resource.name;
  }

  get arn(): string {
    return this.resource.arn;
  }

  /** Allows `grantee` to perform exactly these operations on this table. */
  grant(grantee: Grantee, ...actions: readonly TableAction[]): void {
    grantee.allow({ actions, resources: [this.arn] });
  }

  /**
   * Allows `grantee` to query one index of this table.
   *
   * @throws {ConstructError} when the table has no such index
   */
  grantQuery(grantee: Grantee, indexName: string): void {
    if (!this.#indexNames.includes(indexName)) {
      throw unknownIndex(this.node.path, indexName, this.#indexNames);
    }
    grantee.allow({ actions: ['dynamodb:Query'], resources: [`${this.arn}/index/${indexName}`] });
  }

  /** Lets `grantee` read single items. */
  grantRead(grantee: Grantee): void {
    this.grant(grantee, 'dynamodb:GetItem');
  }

  /** Lets `grantee` read, create and change single items, never delete them. */
  grantReadWrite(grantee: Grantee): void {
    this.grant(grantee, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem');
  }
}

/** Every key attribute once. DynamoDB requires exactly these attributes to be declared. */
const keysOf = ({ indexes = [], partitionKey }: TableProps): string[] => [
  ...new Set([
    partitionKey,
    ...indexes.flatMap((it) => [it.partitionKey, ...(it.sortKey === undefined ? [] : [it.sortKey])]),
  ]),
];

function checkIndexes(scope: Construct, indexes: readonly GlobalIndex[]): readonly string[] {
  const names = indexes.map(({ name }) => name);
  for (const [position, name] of names.entries()) {
    checkName(scope, NAME_RULES.index, name);
    if (names.indexOf(name) !== position) {
      throw duplicateIndex(scope.node.path, name);
    }
  }
  return names;
}

const renderIndex = ({
  attributes = [],
  name,
  partitionKey,
  sortKey,
}: GlobalIndex): DynamodbTableGlobalSecondaryIndex => ({
  name,
  hashKey: partitionKey,
  ...(sortKey === undefined ? {} : { rangeKey: sortKey }),
  ...(attributes.length === 0
    ? { projectionType: 'KEYS_ONLY' }
    : { projectionType: 'INCLUDE', nonKeyAttributes: [...attributes] }),
});
