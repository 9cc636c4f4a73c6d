export { DynamoDbService, type TableService } from './dynamodb-service';
export { tableArn } from './permissions';
export { RemoteDynamoDb } from './remote-dynamodb';
