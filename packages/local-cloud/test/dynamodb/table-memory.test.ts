import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DynamoDbService } from '../../src/dynamodb';
import { allowEverything } from '../../src/iam';

const ITEMS = 500;
const ITEM_BYTES = 1000;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function bufferBytes(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

it('a table takes the memory of its items, and not the pools that their buffers were cut from', async () => {
  const tables = new DynamoDbService('eu-west-1', allowEverything);
  await tables.call('CreateTable', {
    TableName: 'tasks',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  await tables.whenActive('tasks');
  const beforeBytes = bufferBytes();
  for (let number = 0; number < ITEMS; number += 1) {
    const item = { id: { S: `task-${number}` }, text: { S: 'x'.repeat(ITEM_BYTES) } };
    await tables.call('PutItem', { TableName: 'tasks', Item: item });
    // What else the runtime does with small buffers meanwhile.
    for (let other = 0; other < 8; other += 1) {
      Buffer.from('y'.repeat(ITEM_BYTES));
    }
  }
  expect(bufferBytes() - beforeBytes).toBeLessThan((ITEMS * ITEM_BYTES) / 2);
  expect(await tables.call('GetItem', { TableName: 'tasks', Key: { id: { S: 'task-7' } } })).toMatchObject({
    Item: { text: { S: 'x'.repeat(ITEM_BYTES) } },
  });
});
