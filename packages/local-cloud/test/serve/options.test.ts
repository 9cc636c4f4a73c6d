import { parse, UsageError } from '@workflows/command-line';
import { endpointOptions, SERVE } from '../../src/serve/options';

const read = (...args: string[]) => {
  const values = parse(SERVE, args);
  return values === 'help' ? values : endpointOptions(values, {});
};

describe('the command line of serve', () => {
  it('has defaults', () => {
    expect(read()).toEqual({ port: 4566, virtualTime: false });
  });

  it('reads every option', () => {
    expect(read('--port', '0', '--region', 'eu-west-1', '--logs', 'logs', '--virtual-time', '--idle-ms', '50')).toEqual(
      { port: 0, region: 'eu-west-1', logsDir: 'logs', virtualTime: true, idleMs: 50 },
    );
  });

  it('takes the account and the region from options of Step Functions Local, or from its variables', () => {
    const taken = (args: string[], environment: NodeJS.ProcessEnv) => {
      const values = parse(SERVE, args);
      return values === 'help' ? undefined : endpointOptions(values, environment);
    };
    const environment = { AWS_ACCOUNT_ID: '210987654321', AWS_DEFAULT_REGION: 'eu-west-1' };

    expect(taken([], environment)).toMatchObject({ account: '210987654321', region: 'eu-west-1' });
    expect(taken(['--aws-account', '123456789012', '--aws-region', 'ap-south-1'], environment)).toMatchObject({
      account: '123456789012',
      region: 'ap-south-1',
    });
    expect(() => taken([], { AWS_ACCOUNT_ID: '12' })).toThrow(
      'AWS_ACCOUNT_ID is "12". Allowed: an account id of 12 digits.',
    );
    expect(() => taken(['--aws-region', 'eu-west-1', '--region', 'us-east-1'], {})).toThrow(
      '--aws-region and --region contradict each other: give one of them.',
    );
  });

  it('takes mocks from the option, or else from the variable of Step Functions Local', () => {
    const mocks = (args: string[], environment: NodeJS.ProcessEnv) => {
      const values = parse(SERVE, args);
      return values === 'help' ? undefined : endpointOptions(values, environment).mocks;
    };

    const environment = { INIT_CWD: '/folder', SFN_MOCK_CONFIG: 'variable.json' };
    expect(mocks([], environment)).toBe('/folder/variable.json');
    expect(mocks(['--mocks', 'option.json'], environment)).toBe('/folder/option.json');
    expect(mocks([], { SFN_MOCK_CONFIG: '' })).toBeUndefined();
  });

  it('takes the scale of waits from the option, or else from the variable of Step Functions Local', () => {
    const scale = (args: string[], environment: NodeJS.ProcessEnv) => {
      const values = parse(SERVE, args);
      return values === 'help' ? undefined : endpointOptions(values, environment).waitTimeScale;
    };

    expect(scale([], { WAIT_TIME_SCALE: '0.5' })).toBe(0.5);
    expect(scale(['--wait-time-scale', '0'], { WAIT_TIME_SCALE: '0.5' })).toBe(0);
    expect(() => scale([], { WAIT_TIME_SCALE: 'fast' })).toThrow(
      'WAIT_TIME_SCALE is "fast". Allowed: a decimal number from 0, such as 0.01.',
    );
    expect(() => scale(['--wait-time-scale', '-1'], {})).toThrow(UsageError);
  });

  describe('endpoints of services', () => {
    const elsewhere = (args: string[], environment: NodeJS.ProcessEnv = {}) => {
      const values = parse(SERVE, args);
      return values === 'help' ? undefined : endpointOptions(values, environment).elsewhere;
    };

    it('are those of Step Functions Local, as options or variables', () => {
      const environment = { LAMBDA_ENDPOINT: 'http://a', SAGE_MAKER_ENDPOINT: 'http://b', SQS_ENDPOINT: '' };

      expect(elsewhere(['--lambda-endpoint', 'http://c', '--dynamodb-endpoint', 'http://d'], environment)).toEqual({
        endpoints: { lambda: 'http://c', dynamodb: 'http://d', sagemaker: 'http://b' },
        useAwsAccount: false,
      });
    });

    it('are named one by one, or for all others', () => {
      expect(
        elsewhere(['--endpoint', 'sns=http://a', '--endpoint', 's3=https://b', '--aws-endpoint', 'http://c']),
      ).toEqual({ endpoints: { sns: 'http://a', s3: 'https://b' }, awsEndpoint: 'http://c', useAwsAccount: false });
    });

    it('are ours where they are this one', () => {
      expect(elsewhere(['--step-functions-endpoint', 'http://localhost:4566'])).toBeUndefined();
    });

    it('are an account when asked for', () => {
      expect(elsewhere(['--use-aws-account'])).toEqual({ endpoints: {}, useAwsAccount: true });
    });
  });

  it('takes a choice of services', () => {
    expect(read('--services', 'states,dynamodb')).toMatchObject({ services: ['states', 'dynamodb'] });
  });

  it('takes folders as buckets', () => {
    expect(read('--bucket', 'orders=./data', '--bucket', 'results=/tmp/a=b')).toMatchObject({
      buckets: new Map([
        ['orders', './data'],
        ['results', '/tmp/a=b'],
      ]),
    });
  });

  it('takes the separator that pnpm hands on', () => {
    expect(read('--', '--port', '5000')).toMatchObject({ port: 5000 });
  });

  it.each(['--help', '-h'])('shows help for %s', (flag) => {
    expect(read(flag)).toBe('help');
  });

  it.each([
    [['--port', 'many'], '--port is "many". Allowed: a whole number from 0 to 65535.'],
    [['--port', '65536'], '--port is "65536". Allowed: a whole number from 0 to 65535.'],
    [['--port', ''], '--port is "". Allowed: a whole number from 0 to 65535.'],
    [['--idle-ms', '5'], '--idle-ms requires --virtual-time.'],
    [['--region', 'Mars'], '--region is "Mars". Allowed: a region name such as us-east-1.'],
    [
      ['--bucket', 'orders'],
      '--bucket takes the name of a bucket and a folder, such as orders=./data. Received: orders',
    ],
    [
      ['--endpoint', 'sns'],
      '--endpoint must be <service>=<url>, for example sns=http://127.0.0.1:4575. Received: "sns".',
    ],
    [['--endpoint', 'sns=there'], '--endpoint sns is not an endpoint. Received: "there".'],
    [['--use-aws-account', '--aws-endpoint', 'http://a'], 'contradict each other'],
    [['--services', 'states,s3'], '--services must be a list of states, lambda, dynamodb'],
    [['--services', 'lambda'], 'including states'],
    [['--prot', '1'], 'Unknown option --prot.'],
    [['extra'], 'Unexpected argument "extra".'],
  ])('refuses %j', (args, message) => {
    expect(() => read(...args)).toThrow(UsageError);
    expect(() => read(...args)).toThrow(message);
  });
});
