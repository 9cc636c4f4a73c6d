import { readConfig } from '../../src/config/config';
import { ConfigError } from '../../src/config/config-error';
import { SETTINGS } from '../../src/config/settings';

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems;
    }
    throw error;
  }
  return [];
};

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      environment: 'dev',
      namePrefix: undefined,
      region: 'us-east-1',
      externalServiceUrl: undefined,
      apiAuthorization: 'NONE',
      executeApiUrl: undefined,
      endpointUrl: undefined,
      planOffline: false,
      logLevel: 'INFO',
      logRetentionDays: 30,
      recordRetentionDays: 97,
      throttleRate: 100,
      waitingAlarmSeconds: 7200,
      throttleBurst: 200,
      reservedConcurrency: undefined,
      tags: {},
      alarmEmail: undefined,
      alarmTopicArn: undefined,
      stateBucket: undefined,
      stateKeyPrefix: 'workflows',
      stateRegion: undefined,
    });
  });

  it('takes every setting', () => {
    expect(
      readConfig({
        WORKFLOWS_ENVIRONMENT: 'stage-2',
        WORKFLOWS_NAME_PREFIX: 'acme',
        WORKFLOWS_REGION: 'ap-southeast-2',
        WORKFLOWS_EXTERNAL_SERVICE_URL: 'https://example.com/external?x=1',
        WORKFLOWS_API_AUTHORIZATION: 'AWS_IAM',
        WORKFLOWS_EXECUTE_API_URL: 'http://localhost:4566/_aws/execute-api/{apiId}/{stage}',
        WORKFLOWS_ENDPOINT_URL: 'http://localhost:4566',
        WORKFLOWS_LOG_LEVEL: 'DEBUG',
        WORKFLOWS_LOG_RETENTION_DAYS: '7',
        WORKFLOWS_RECORD_RETENTION_DAYS: '120',
        WORKFLOWS_THROTTLE_RATE: '10',
        WORKFLOWS_THROTTLE_BURST: '20',
        WORKFLOWS_RESERVED_CONCURRENCY: '5',
        WORKFLOWS_TAGS: 'team=orders, cost center=a=b,empty=',
        WORKFLOWS_ALARM_EMAIL: 'ops@example.com',
        WORKFLOWS_WAITING_ALARM_SECONDS: '86400',
        WORKFLOWS_STATE_BUCKET: 'state.bucket-1',
        WORKFLOWS_STATE_KEY_PREFIX: 'a/b',
        WORKFLOWS_STATE_REGION: 'eu-central-1',
      }),
    ).toMatchObject({
      environment: 'stage-2',
      namePrefix: 'acme',
      region: 'ap-southeast-2',
      apiAuthorization: 'AWS_IAM',
      logLevel: 'DEBUG',
      logRetentionDays: 7,
      recordRetentionDays: 120,
      waitingAlarmSeconds: 86_400,
      throttleRate: 10,
      throttleBurst: 20,
      reservedConcurrency: 5,
      tags: { team: 'orders', 'cost center': 'a=b', empty: '' },
      alarmEmail: 'ops@example.com',
      stateBucket: 'state.bucket-1',
      stateKeyPrefix: 'a/b',
      stateRegion: 'eu-central-1',
    });
  });

  it('takes an empty variable for an unset one, as CI systems pass it', () => {
    const empty = Object.fromEntries(Object.values(SETTINGS).map(({ variable }) => [variable, '']));

    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it.each([
    ['WORKFLOWS_ENVIRONMENT', 'Prod'],
    ['WORKFLOWS_ENVIRONMENT', 'prod-'],
    ['WORKFLOWS_ENVIRONMENT', 'a'.repeat(17)],
    ['WORKFLOWS_NAME_PREFIX', '1st'],
    ['WORKFLOWS_REGION', 'Frankfurt'],
    ['WORKFLOWS_REGION', 'us-gov-west-1'],
    ['WORKFLOWS_REGION', 'cn-north-1'],
    ['WORKFLOWS_REGION', 'us-isob-east-1'],
    ['WORKFLOWS_REGION', 'eusc-de-east-1'],
    ['WORKFLOWS_EXTERNAL_SERVICE_URL', 'example.com/external'],
    ['WORKFLOWS_EXTERNAL_SERVICE_URL', 'ftp://example.com'],
    ['WORKFLOWS_EXTERNAL_SERVICE_URL', 'https://user:password@example.com'],
    ['WORKFLOWS_API_AUTHORIZATION', 'PASSWORD'],
    ['WORKFLOWS_EXECUTE_API_URL', 'http://localhost:4566/{apiId}'],
    ['WORKFLOWS_EXECUTE_API_URL', '{apiId}/{stage}'],
    ['WORKFLOWS_ENDPOINT_URL', 'localhost:4566'],
    ['WORKFLOWS_PLAN_OFFLINE', 'yes'],
    ['WORKFLOWS_LOG_LEVEL', 'debug'],
    ['WORKFLOWS_LOG_RETENTION_DAYS', '31'],
    ['WORKFLOWS_LOG_RETENTION_DAYS', '1e1'],
    ['WORKFLOWS_RECORD_RETENTION_DAYS', '90'],
    ['WORKFLOWS_THROTTLE_RATE', '0'],
    ['WORKFLOWS_THROTTLE_BURST', '1.5'],
    ['WORKFLOWS_RESERVED_CONCURRENCY', '-1'],
    ['WORKFLOWS_RESERVED_CONCURRENCY', ' 5'],
    ['WORKFLOWS_TAGS', 'team'],
    ['WORKFLOWS_TAGS', '=orders'],
    ['WORKFLOWS_TAGS', 'aws:team=orders'],
    ['WORKFLOWS_ALARM_EMAIL', 'ops'],
    ['WORKFLOWS_ALARM_TOPIC_ARN', 'arn:aws:sqs:eu-central-1:123456789012:alarms'],
    ['WORKFLOWS_STATE_BUCKET', 'Bucket'],
    ['WORKFLOWS_STATE_KEY_PREFIX', '/a'],
    ['WORKFLOWS_STATE_REGION', 'here'],
  ])('refuses %s=%s, saying what it is and what is allowed', (variable, value) => {
    const { allowed = '' } = Object.values(SETTINGS).find((it) => it.variable === variable) ?? {};
    const needed = variable === 'WORKFLOWS_STATE_REGION' ? { WORKFLOWS_STATE_BUCKET: 'bucket' } : {};

    expect(problemsOf({ ...needed, [variable]: value })).toEqual([
      `${variable} is ${JSON.stringify(value)}; allowed: ${allowed}.`,
    ]);
  });

  it('refuses a variable that it does not know, and says which it might be', () => {
    expect(problemsOf({ WORKFLOWS_LOGLEVEL: 'DEBUG', WORKFLOWS_ENVIROMENT: 'prod', OTHER: 'x' })).toEqual([
      'WORKFLOWS_ENVIROMENT is not a setting; did you mean WORKFLOWS_ENVIRONMENT? stacks/README.md lists all settings.',
      'WORKFLOWS_LOGLEVEL is not a setting; did you mean WORKFLOWS_LOG_LEVEL? stacks/README.md lists all settings.',
    ]);
  });

  it('leaves alone what the commands around Terraform read', () => {
    expect(problemsOf({ WORKFLOWS_TF_PROVIDER_MIRROR: '/mirror' })).toEqual([]);
  });

  it('names everything that is wrong at once, in one line', () => {
    expect(() => readConfig({ WORKFLOWS_REGION: 'x', WORKFLOWS_LOG_LEVEL: 'loud' })).toThrow(
      'The configuration is not valid: WORKFLOWS_REGION is "x"; allowed: a region of the partition aws, such as eu-central-1 (China and GovCloud are not supported). ' +
        'WORKFLOWS_LOG_LEVEL is "loud"; allowed: DEBUG, INFO, WARN, ERROR or CRITICAL.',
    );
  });

  it.each([
    [
      { WORKFLOWS_ALARM_EMAIL: 'a@example.com', WORKFLOWS_ALARM_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:a' },
      'WORKFLOWS_ALARM_EMAIL and WORKFLOWS_ALARM_TOPIC_ARN are both set; allowed: one of them.',
    ],
    [{ WORKFLOWS_STATE_REGION: 'eu-central-1' }, 'WORKFLOWS_STATE_REGION is set without WORKFLOWS_STATE_BUCKET.'],
    [
      { WORKFLOWS_PLAN_OFFLINE: 'true', WORKFLOWS_ENDPOINT_URL: 'http://localhost:4566' },
      'WORKFLOWS_PLAN_OFFLINE and WORKFLOWS_ENDPOINT_URL are both set; allowed: one of them.',
    ],
  ])('refuses settings that contradict each other: %j', (environment, problem) => {
    const [found = '', ...others] = problemsOf(environment as Record<string, string>);

    expect(found).toContain(problem);
    expect(others).toEqual([]);
  });
});
