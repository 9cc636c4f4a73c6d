import { javaExceptionName, javaName, javaServiceName } from '../../src/aws-sdk/java-names';
import { serviceNamed } from '../../src/aws-sdk/packages';

describe('names of the AWS SDK for Java', () => {
  describe.each([
    [
      'member',
      javaName,
      {
        stateMachineArn: 'StateMachineArn',
        BOOL: 'Bool',
        NULL: 'Nul',
        SS: 'Ss',
        ETag: 'ETag',
        MD5OfMessageBody: 'Md5OfMessageBody',
        DBInstanceIdentifier: 'DbInstanceIdentifier',
        EC2InstanceId: 'Ec2InstanceId',
        SSEKMSKeyId: 'SsekmsKeyId',
        equals: 'EqualsValue',
      },
    ],
    // The prefixes that the guide of Step Functions lists.
    [
      'service',
      javaServiceName,
      {
        SFN: 'Sfn',
        DynamoDB: 'DynamoDb',
        SNS: 'Sns',
        'CloudWatch Logs': 'CloudWatchLogs',
        'Config Service': 'Config',
        'Cost and Usage Report Service': 'CostAndUsageReport',
        FSx: 'FSx',
        IoTAnalytics: 'IoTAnalytics',
        MTurk: 'MTurk',
        'SageMaker A2I Runtime': 'SageMakerA2IRuntime',
        SESv2: 'SesV2',
        WAFV2: 'Wafv2',
        XRay: 'XRay',
        b2bi: 'B2Bi',
        'Elastic Load Balancing v2': 'ElasticLoadBalancingV2',
      },
    ],
    [
      'error',
      javaExceptionName,
      {
        NoSuchKey: 'NoSuchKeyException',
        ResourceNotFoundException: 'ResourceNotFoundException',
        DBClusterNotFoundFault: 'DbClusterNotFoundException',
        KMSInternalException: 'KmsInternalException',
      },
    ],
  ] as const)('of a %s', (_, javaNameOf, names) => {
    it.each(Object.entries(names))('%s is %s', (name, expected) => {
      expect(javaNameOf(name)).toBe(expected);
    });
  });
});

describe('the names of a service', () => {
  const namesByClient: [string, string[]][] = [
    ['sfn', ['sfn', 'states', 'stepfunctions']],
    ['dynamodb', ['dynamodb']],
    ['eventbridge', ['events', 'eventbridge']],
    ['cloudwatch-logs', ['cloudwatchlogs', 'cloudwatch-logs', 'logs']],
    ['secrets-manager', ['secretsmanager']],
    ['ssm', ['ssm']],
    ['s3', ['s3']],
    ['cognito-identity-provider', ['cognitoidentityprovider']],
    ['config-service', ['config']],
    ['database-migration-service', ['databasemigration']],
    ['application-discovery-service', ['applicationdiscovery']],
    ['route-53', ['route53']],
    ['route53resolver', ['route53resolver']],
    ['emr-serverless', ['emr-serverless', 'emrserverless']],
    ['elastic-load-balancing-v2', ['elasticloadbalancingv2']],
    ['resource-explorer-2', ['resourceexplorer2']],
  ];

  it.each(namesByClient.flatMap(([client, names]) => names.map((name) => [name, client] as const)))(
    '%s is the client %s',
    (name, expected) => {
      expect(serviceNamed(name)).toBe(expected);
    },
  );
});
