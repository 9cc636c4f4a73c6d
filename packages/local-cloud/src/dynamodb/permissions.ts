import { arnOf } from '../account';
import type { JsonObject } from './requests';

/** Operations that name their tables as keys of `RequestItems`. */
const BATCH = ['BatchGetItem', 'BatchWriteItem'];

/**
 * The resources that an operation touches, as its IAM action names them.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function resourcesOf(region: string, operation: string, body: JsonObject): string[] {
  if (BATCH.includes(operation)) {
    const tables = body.RequestItems;
    return tables !== null && typeof tables === 'object'
      ? Object.keys(tables).map((name) => tableArn(region, name))
      : [];
  }
  if (typeof body.ResourceArn === 'string') {
    return [body.ResourceArn];
  }
  if (typeof body.TableName !== 'string') {
    return ['*'];
  }
  const table = tableArn(region, body.TableName);
  return [typeof body.IndexName === 'string' ? `${table}/index/${body.IndexName}` : table];
}

/** A request may name a table by its ARN. */
export function tableArn(region: string, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arnOf('dynamodb', region, `table/${nameOrArn}`);
}
