export { DynamoDbService } from './dynamodb-service';
export { tableArn } from './permissions';
