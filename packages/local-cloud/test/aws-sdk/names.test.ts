import { javaExceptionName, javaName, javaServiceName } from '../../src/aws-sdk/java-names';
import { serviceNamed } from '../../src/aws-sdk/packages';

describe('names of the AWS SDK for Java', () => {
  it.each([
    ['stateMachineArn', 'StateMachineArn'],
    ['BOOL', 'Bool'],
    ['NULL', 'Nul'],
    ['SS', 'Ss'],
    ['ETag', 'ETag'],
    ['MD5OfMessageBody', 'Md5OfMessageBody'],
    ['DBInstanceIdentifier', 'DbInstanceIdentifier'],
    ['EC2InstanceId', 'Ec2InstanceId'],
    ['SSEKMSKeyId', 'SsekmsKeyId'],
    ['equals', 'EqualsValue'],
  ])('has the member %s as %s', (name, expected) => {
    expect(javaName(name)).toBe(expected);
  });

  // The prefixes that the guide of Step Functions lists.
  it.each([
    ['SFN', 'Sfn'],
    ['DynamoDB', 'DynamoDb'],
    ['SNS', 'Sns'],
    ['CloudWatch Logs', 'CloudWatchLogs'],
    ['Config Service', 'Config'],
    ['Cost and Usage Report Service', 'CostAndUsageReport'],
    ['FSx', 'FSx'],
    ['IoTAnalytics', 'IoTAnalytics'],
    ['MTurk', 'MTurk'],
    ['SageMaker A2I Runtime', 'SageMakerA2IRuntime'],
    ['SESv2', 'SesV2'],
    ['WAFV2', 'Wafv2'],
    ['XRay', 'XRay'],
    ['b2bi', 'B2Bi'],
    ['Elastic Load Balancing v2', 'ElasticLoadBalancingV2'],
  ])('has the service %s as %s', (serviceId, expected) => {
    expect(javaServiceName(serviceId)).toBe(expected);
  });

  it.each([
    ['NoSuchKey', 'NoSuchKeyException'],
    ['ResourceNotFoundException', 'ResourceNotFoundException'],
    ['DBClusterNotFoundFault', 'DbClusterNotFoundException'],
    ['KMSInternalException', 'KmsInternalException'],
  ])('has the error %s as %s', (name, expected) => {
    expect(javaExceptionName(name)).toBe(expected);
  });
});

describe('the names of a service', () => {
  it.each([
    ['sfn', 'sfn'],
    ['states', 'sfn'],
    ['stepfunctions', 'sfn'],
    ['dynamodb', 'dynamodb'],
    ['events', 'eventbridge'],
    ['eventbridge', 'eventbridge'],
    ['cloudwatchlogs', 'cloudwatch-logs'],
    ['cloudwatch-logs', 'cloudwatch-logs'],
    ['logs', 'cloudwatch-logs'],
    ['secretsmanager', 'secrets-manager'],
    ['ssm', 'ssm'],
    ['s3', 's3'],
    ['cognitoidentityprovider', 'cognito-identity-provider'],
    ['config', 'config-service'],
    ['databasemigration', 'database-migration-service'],
    ['applicationdiscovery', 'application-discovery-service'],
    ['route53', 'route-53'],
    ['route53resolver', 'route53resolver'],
    ['emr-serverless', 'emr-serverless'],
    ['emrserverless', 'emr-serverless'],
    ['elasticloadbalancingv2', 'elastic-load-balancing-v2'],
    ['resourceexplorer2', 'resource-explorer-2'],
  ])('%s is the client %s', (name, expected) => {
    expect(serviceNamed(name)).toBe(expected);
  });
});
