import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { Construct } from 'constructs';
import type { Grantee } from './grants';
import { checkName, NAME_RULES } from './guards';

/** The data operations a function may be granted, one by one. */
export type TableAction =
  | 'dynamodb:DeleteItem'
  | 'dynamodb:GetItem'
  | 'dynamodb:PutItem'
  | 'dynamodb:Query'
  | 'dynamodb:UpdateItem';

export interface TableProps {
  /** 3 to 255 of `A-Z a-z 0-9 _ . -`. */
  readonly name: string;
  /** Name of the partition key, a string. */
  readonly partitionKey: string;
  /**
   * Attribute with the epoch second after which DynamoDB may delete an item.
   *
   * @default - items stay
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
   */
  readonly ttlAttribute?: string;
  /**
   * Keeps AWS and Terraform from deleting the table, and with it what callbacks are waiting for.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/**
 * An on-demand DynamoDB table, encrypted with a key of the account's and recoverable to any point of the last 35 days.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Introduction.html
 * @example
 * const tasks = new Table(this, 'Tasks', { name: 'dev-tasks', partitionKey: 'taskId', ttlAttribute: 'expiresAt' });
 * tasks.grant(fn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
 */
export class Table extends Construct {
  readonly resource: DynamodbTable;

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    checkName(this, NAME_RULES.table, props.name);
    const protect = props.protect ?? true;
    this.resource = new DynamodbTable(this, 'Resource', {
      name: props.name,
      billingMode: 'PAY_PER_REQUEST',
      hashKey: props.partitionKey,
      attribute: [{ name: props.partitionKey, type: 'S' }],
      ...(props.ttlAttribute === undefined ? {} : { ttl: { attributeName: props.ttlAttribute, enabled: true } }),
      serverSideEncryption: { enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: protect,
      lifecycle: { preventDestroy: protect },
    });
  }

  /** The table's name, known to Terraform when the table exists: who refers to it waits for it. */
  get name(): string {
    return this.resource.name;
  }

  get arn(): string {
    return this.resource.arn;
  }

  /** Lets `grantee` carry out exactly these operations on this table. */
  grant(grantee: Grantee, ...actions: readonly TableAction[]): void {
    grantee.allow({ actions, resources: [this.arn] });
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
