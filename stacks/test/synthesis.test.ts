import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { STACKS, type StackName, type Synthesized, synthesize, synthesizeInto } from './support/synthesized';

const REPOSITORY = resolve(__dirname, '..', '..');

/** Every file below a folder with the digest of its content. */
const digests = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((it) => it.isFile())
      .map((it) => join(it.parentPath, it.name))
      .sort()
      .map((file) => [relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );

const allOf = (stacks: Record<StackName, Synthesized>, type: string) => STACKS.flatMap((it) => stacks[it].all(type));

/** Attributes that name a resource, by type: what must differ between two environments. */
const NAMES: Readonly<Record<string, string>> = {
  aws_apigatewayv2_api: 'name',
  aws_cloudwatch_dashboard: 'dashboard_name',
  aws_cloudwatch_event_rule: 'name',
  aws_cloudwatch_log_group: 'name',
  aws_cloudwatch_metric_alarm: 'alarm_name',
  aws_dynamodb_table: 'name',
  aws_iam_role: 'name',
  aws_lambda_function: 'function_name',
  aws_sfn_state_machine: 'name',
  aws_sns_topic: 'name',
};

const namesOf = (stacks: Record<StackName, Synthesized>): string[] =>
  Object.entries(NAMES).flatMap(([type, attribute]) => allOf(stacks, type).map((it) => `${type} ${it[attribute]}`));

describe('synthesis', () => {
  it('writes the same bytes every time', () => {
    expect(digests(synthesizeInto())).toEqual(digests(synthesizeInto()));
  });

  it('writes no path of this machine', () => {
    const outdir = synthesizeInto();
    for (const stack of STACKS) {
      const text = readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8');

      expect(text).not.toContain(REPOSITORY);
      expect(text).not.toContain(tmpdir());
    }
  });

  it('brings the archive of every function along', () => {
    const outdir = synthesizeInto();
    for (const stack of STACKS) {
      const { resource } = JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
      for (const { filename, source_code_hash: hash } of Object.values<Record<string, string>>(
        resource.aws_lambda_function,
      )) {
        const archive = readFileSync(join(outdir, 'stacks', stack, String(filename)));
        expect(createHash('sha256').update(archive).digest('base64')).toBe(hash);
      }
    }
  });

  it('has the outputs of the contract, endpoints with a slash at their end', () => {
    const outputs = Object.values(synthesize()).flatMap(({ json }) => Object.entries(json.output));

    expect(outputs.map(([name]) => name).sort()).toEqual([
      'CompositeWorkflowStateMachineArn',
      'ServiceApiEndpoint',
      'TasksTableName',
      'WorkflowApiEndpoint',
      'WorkflowIdempotentApiEndpoint',
      'WorkflowIdempotentStateMachineArn',
      'WorkflowLambdaStateMachineArn',
      'WorkflowStateMachineArn',
    ]);
    for (const [name, { value }] of outputs) {
      if (name.endsWith('Endpoint')) {
        expect(value).toMatch(/\/prod\/$/);
      }
    }
  });

  it('uses only resources, references and functions that every target knows', () => {
    for (const { json } of Object.values(synthesize())) {
      expect(Object.keys(json).sort()).toEqual(['//', 'output', 'provider', 'resource', 'terraform']);
      const expressions = JSON.stringify(json).match(/\$\{[^}]*\}/g) ?? [];
      const functions = new Set(expressions.flatMap((it) => it.match(/[a-z]+(?=\()/g) ?? []));
      expect([...functions].filter((it) => it !== 'replace')).toEqual([]);
    }
  });

  it('gives every resource a name that Terraform need not make up, and no two the same', () => {
    const names = namesOf(synthesize({ WORKFLOWS_ALARM_EMAIL: 'ops@example.com' }));

    expect(names.filter((it) => it.endsWith('undefined'))).toEqual([]);
    expect(names.map((it) => it.toLowerCase()).filter((it, index, all) => all.indexOf(it) !== index)).toEqual([]);
  });

  it.each([
    [{ WORKFLOWS_ENVIRONMENT: 'prod' }, { WORKFLOWS_ENVIRONMENT: 'stage' }],
    [{ WORKFLOWS_NAME_PREFIX: 'a' }, { WORKFLOWS_NAME_PREFIX: 'b' }],
  ])('%j and %j share no name, and so no resource', (first, second) => {
    const others = new Set(namesOf(synthesize(second as Record<string, string>)));

    expect(namesOf(synthesize(first as Record<string, string>)).filter((name) => others.has(name))).toEqual([]);
  });

  it('keeps every name within the limits of AWS, with the longest prefix there can be', () => {
    expect(() =>
      synthesizeInto({ WORKFLOWS_ENVIRONMENT: 'e'.repeat(16), WORKFLOWS_NAME_PREFIX: 'p'.repeat(16) }),
    ).not.toThrow();
  });
});

describe('settings reach the stacks', () => {
  it('provider: versions 5.100 to 6, the region, and nothing that is not asked for', () => {
    for (const { json } of Object.values(synthesize({ WORKFLOWS_REGION: 'eu-central-1' }))) {
      expect(json.provider.aws).toEqual([{ region: 'eu-central-1' }]);
      expect(json.terraform.required_providers.aws).toEqual({ source: 'aws', version: '>= 5.100.0, < 7.0.0' });
    }
  });

  it('tags every resource through the provider', () => {
    const { WorkflowsStack } = synthesize({ WORKFLOWS_TAGS: 'team=orders' });

    expect(WorkflowsStack.json.provider.aws).toEqual([
      { region: 'us-east-1', default_tags: [{ tags: { team: 'orders' } }] },
    ]);
  });

  it('keeps the state beside cdktf.json, or in a bucket with a lock file', () => {
    expect(synthesize().WorkflowsStack.json.terraform.backend).toEqual({
      local: { path: '../../../terraform.dev.WorkflowsStack.tfstate' },
    });
    const { WorkflowsStack } = synthesize({ WORKFLOWS_STATE_BUCKET: 'bucket', WORKFLOWS_ENVIRONMENT: 'prod' });
    expect(WorkflowsStack.json.terraform.backend).toEqual({
      s3: {
        bucket: 'bucket',
        key: 'workflows/prod/WorkflowsStack.tfstate',
        region: 'us-east-1',
        encrypt: true,
        use_lockfile: true,
      },
    });
  });

  it.each([{}, { WORKFLOWS_STATE_BUCKET: 'bucket' }])(
    'keeps a state for each deployment, so that none is destroyed for another (%j)',
    (place) => {
      const backends = [
        {},
        { WORKFLOWS_ENVIRONMENT: 'prod' },
        { WORKFLOWS_NAME_PREFIX: 'acme' },
        { WORKFLOWS_NAME_PREFIX: 'acme', WORKFLOWS_ENVIRONMENT: 'prod' },
      ].flatMap((deployment) =>
        Object.values(synthesize({ ...place, ...deployment })).map(({ json }) =>
          JSON.stringify(json.terraform.backend),
        ),
      );

      expect(new Set(backends).size).toBe(backends.length);
    },
  );

  it('plans without an account', () => {
    const { WorkflowIdempotentStack } = synthesize({ WORKFLOWS_PLAN_OFFLINE: 'true' });

    expect(WorkflowIdempotentStack.json.provider.aws).toEqual([
      {
        region: 'us-east-1',
        access_key: 'offline',
        secret_key: 'offline',
        skip_credentials_validation: true,
        skip_metadata_api_check: 'true',
        skip_requesting_account_id: true,
      },
    ]);
    const [machine] = WorkflowIdempotentStack.all('aws_sfn_state_machine');
    expect(String(machine?.definition)).toMatch(/^\{.*\}\$\{replace\(aws_iam_role\.\w+\.arn, "\/\.\*\/", ""\)\}$/);
  });

  it('sends every call to an emulator', () => {
    const { WorkflowsStack } = synthesize({ WORKFLOWS_ENDPOINT_URL: 'http://localhost:4566' });
    const [provider] = WorkflowsStack.json.provider.aws as [{ endpoints: Record<string, string>[] }];

    expect(new Set(Object.values(provider.endpoints[0] ?? {}))).toEqual(new Set(['http://localhost:4566']));
    expect(Object.keys(provider.endpoints[0] ?? {})).toEqual(expect.arrayContaining(['lambda', 'sfn', 'dynamodb']));
  });

  it("replaces the APIs' host in outputs and in what functions are told", () => {
    const { WorkflowsStack } = synthesize({
      WORKFLOWS_EXECUTE_API_URL: 'http://localhost:4566/_aws/execute-api/{apiId}/{stage}',
    });
    const url = 'http://localhost:4566/_aws/execute-api/<aws_apigatewayv2_api.WorkflowApi.id>/prod/';

    expect(WorkflowsStack.environmentOf('dev-start-task').API_URL).toBe(url);
    expect(WorkflowsStack.environmentOf('dev-call-external')).toMatchObject({
      API_URL: url,
      EXTERNAL_SERVICE_URL: 'http://localhost:4566/_aws/execute-api/<aws_apigatewayv2_api.ServiceApi.id>/prod/external',
    });
    expect(WorkflowsStack.environmentOf('dev-external-service').ALLOWED_CALLBACK_URL_PREFIX).toBe(url);
  });

  it('deploys no mock beside a real external service', () => {
    const { WorkflowsStack } = synthesize({ WORKFLOWS_EXTERNAL_SERVICE_URL: 'https://example.com/external' });

    expect(WorkflowsStack.environmentOf('dev-call-external').EXTERNAL_SERVICE_URL).toBe('https://example.com/external');
    expect(WorkflowsStack.json.output).not.toHaveProperty('ServiceApiEndpoint');
    expect(WorkflowsStack.all('aws_apigatewayv2_api')).toHaveLength(1);
    expect(WorkflowsStack.all('aws_lambda_function').map((it) => it.function_name)).not.toContain(
      'dev-external-service',
    );
  });

  it('asks clients to sign, but neither the external service nor the mock', () => {
    const stacks = synthesize({ WORKFLOWS_API_AUTHORIZATION: 'AWS_IAM' });
    const open = allOf(stacks, 'aws_apigatewayv2_route').filter((it) => it.authorization_type === 'NONE');

    expect(open.map((it) => it.route_key).sort()).toEqual([
      '$default',
      'POST /external',
      'POST /tasks/{taskId}/heartbeat',
      'PUT /tasks/{taskId}',
    ]);
  });

  it('retention, throttling and concurrency hold for every resource that has them', () => {
    const stacks = synthesize({
      WORKFLOWS_LOG_RETENTION_DAYS: '7',
      WORKFLOWS_THROTTLE_RATE: '10',
      WORKFLOWS_THROTTLE_BURST: '20',
      WORKFLOWS_RESERVED_CONCURRENCY: '3',
      WORKFLOWS_LOG_LEVEL: 'DEBUG',
    });

    for (const group of allOf(stacks, 'aws_cloudwatch_log_group')) {
      expect(group.retention_in_days).toBe(7);
    }
    for (const { default_route_settings: limits } of allOf(stacks, 'aws_apigatewayv2_stage')) {
      expect(limits).toMatchObject({ throttling_rate_limit: 10, throttling_burst_limit: 20 });
    }
    for (const { reserved_concurrent_executions: reserved, environment } of allOf(stacks, 'aws_lambda_function')) {
      expect(reserved).toBe(3);
      expect(environment).toMatchObject({ variables: { POWERTOOLS_LOG_LEVEL: 'DEBUG' } });
    }
  });

  it('raises the alarm of waiting tasks at the age that it is told', () => {
    const thresholdOf = (environment: Record<string, string>) =>
      synthesize(environment).WorkflowsStack.named('aws_cloudwatch_metric_alarm', 'alarm_name', 'dev-waiting-oldest')
        .threshold;

    expect(thresholdOf({})).toBe(7200);
    expect(thresholdOf({ WORKFLOWS_WAITING_ALARM_SECONDS: '86400' })).toBe(86_400);
  });

  it('protects data everywhere but in development', () => {
    const protection = (stacks: Record<StackName, Synthesized>) =>
      allOf(stacks, 'aws_dynamodb_table').map((it) => [it.deletion_protection_enabled, it.lifecycle]);

    expect(protection(synthesize())).toEqual([
      [false, { prevent_destroy: false }],
      [false, { prevent_destroy: false }],
    ]);
    expect(protection(synthesize({ WORKFLOWS_ENVIRONMENT: 'prod' }))).toEqual([
      [true, { prevent_destroy: true }],
      [true, { prevent_destroy: true }],
    ]);
  });

  it('keeps records for as long as it is told to, beyond the 90 days of their executions', () => {
    const { WorkflowIdempotentStack, WorkflowsStack } = synthesize({ WORKFLOWS_RECORD_RETENTION_DAYS: '100' });

    expect(WorkflowIdempotentStack.environmentOf('dev-start-idempotent-workflow').RECORD_RETENTION_DAYS).toBe('100');
    for (const name of ['start-task', 'start-workflow', 'call-external', 'settle-task', 'close-task']) {
      expect(WorkflowsStack.environmentOf(`dev-${name}`).RECORD_GRACE_SECONDS).toBe('864000');
    }
  });
});
