import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Testing } from 'cdktf';
import { strFromU8, unzipSync } from 'fflate';
import { NodeFunction, type NodeFunctionProps } from '../src';
import { bundle, newStack, onlyResource, permissionsOfRole, readable, resourcesOf } from './support/synthesis';

const build = (props: Partial<NodeFunctionProps> = {}) => {
  const stack = newStack();
  const fn = new NodeFunction(stack, 'GetTask', { name: 'dev-get-task', bundle: bundle(), ...props });
  return { stack, fn };
};

describe('NodeFunction', () => {
  it('deploys a traced arm64 function on Node.js 22 with a timeout', () => {
    const { stack } = build();

    expect(onlyResource(stack, 'aws_lambda_function')).toMatchObject({
      function_name: 'dev-get-task',
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      memory_size: 256,
      timeout: 30,
      tracing_config: { mode: 'Active' },
      environment: { variables: { NODE_OPTIONS: '--enable-source-maps' } },
    });
  });

  it('sets no reserved concurrency unless it is asked for', () => {
    expect(onlyResource(build().stack, 'aws_lambda_function')).not.toHaveProperty('reserved_concurrent_executions');
    expect(onlyResource(build({ reservedConcurrency: 5 }).stack, 'aws_lambda_function')).toHaveProperty(
      'reserved_concurrent_executions',
      5,
    );
  });

  it('refers to its archive by content, so that an unchanged function is not deployed again', () => {
    const first = onlyResource(build().stack, 'aws_lambda_function');
    const again = onlyResource(build().stack, 'aws_lambda_function');
    const changed = onlyResource(build({ bundle: bundle('exports.handler = 2;') }).stack, 'aws_lambda_function');

    expect(again.source_code_hash).toBe(first.source_code_hash);
    expect(again.filename).toBe(first.filename);
    expect(changed.source_code_hash).not.toBe(first.source_code_hash);
    expect(first.filename).toMatch(/^assets\/GetTask_Code_[0-9A-F]{8}\/[0-9a-f]{32}\/function\.zip$/);
  });

  it('writes its archive beside the stack, in place of earlier ones', () => {
    const { stack } = build();
    const app = App.of(stack);
    const { filename } = onlyResource(stack, 'aws_lambda_function');
    const written = join(app.outdir, 'stacks', 'Stack', String(filename));
    const stale = join(written, '..', '..', 'stale');
    mkdirSync(stale, { recursive: true });
    app.synth();

    expect(strFromU8(unzipSync(readFileSync(written))['index.js'] ?? new Uint8Array())).toContain('exports.handler');
    expect(existsSync(stale)).toBe(false);
  });

  it('has a log group with retention that exists before the function', () => {
    const { stack } = build({ logRetentionDays: 7 });

    expect(onlyResource(stack, 'aws_cloudwatch_log_group')).toMatchObject({
      name: '/aws/lambda/dev-get-task',
      retention_in_days: 7,
    });
    expect(onlyResource(stack, 'aws_lambda_function').depends_on).toEqual(
      Object.keys(resourcesOf(stack, 'aws_cloudwatch_log_group')).map((id) => `aws_cloudwatch_log_group.${id}`),
    );
  });

  it('may write its own log and its trace, and nothing else', () => {
    const { stack } = build();

    expect(permissionsOfRole(stack, 'dev-get-task')).toEqual([
      'logs:CreateLogStream, logs:PutLogEvents on <aws_cloudwatch_log_group.GetTask_LogGroup.arn>:*',
      'xray:PutTelemetryRecords, xray:PutTraceSegments on *',
    ]);
  });

  it('can be assumed by Lambda only', () => {
    const { assume_role_policy: trust } = onlyResource(build().stack, 'aws_iam_role');

    expect(JSON.parse(String(trust)).Statement).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
  });

  it('lets another function invoke it', () => {
    const { stack, fn } = build();
    const caller = new NodeFunction(stack, 'Caller', { name: 'dev-caller', bundle: bundle() });
    fn.grantInvoke(caller);

    expect(permissionsOfRole(stack, 'dev-caller')).toContain(
      'lambda:InvokeFunction on <aws_lambda_function.GetTask.arn>',
    );
    expect(permissionsOfRole(stack, 'dev-get-task').join()).not.toContain('lambda:');
  });

  it('takes environment variables after its creation, beside those it has', () => {
    const { stack, fn } = build({ environment: { A: '1' } });
    fn.addEnvironment('B', fn.arn);

    const { variables } = onlyResource(stack, 'aws_lambda_function').environment as {
      variables: Record<string, string>;
    };
    expect(Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, readable(value)]))).toEqual({
      A: '1',
      B: '<aws_lambda_function.GetTask.arn>',
      NODE_OPTIONS: '--enable-source-maps',
    });
  });

  it('keeps its ids, which are addresses in the state', () => {
    const { fn } = build();

    expect(Testing.renderConstructTree(fn)).toMatchInlineSnapshot(`
      "GetTask (NodeFunction)
      ├── Role (ServiceRole)
          ├── Resource (IamRole)
          └── Policy (IamRolePolicy)
      ├── LogGroup (CloudwatchLogGroup)
      ├── Code (ZipAsset)
      └── Resource (LambdaFunction)
      "
    `);
  });

  it.each([
    [
      { name: 'a b' },
      'Stack/GetTask: function name "a b" is not valid: it has 3 characters; allowed: 1 to 64 characters of A-Z, a-z, 0-9, _ and -. Change the name.',
    ],
    [{ name: 'x'.repeat(65) }, 'it has 65 characters; allowed: 1 to 64 characters of A-Z, a-z, 0-9, _ and -.'],
    [
      { timeoutSeconds: 901 },
      'timeoutSeconds is 901; allowed: a whole number of seconds from 1 to 900. A Lambda function runs for at most 15 minutes. Use a state machine for longer work.',
    ],
    [{ memoryMib: 64 }, 'memoryMib is 64; allowed: a whole number of MiB from 128 to 10240.'],
    [{ reservedConcurrency: 0 }, 'reservedConcurrency is 0; allowed: a whole number of concurrent executions from 1'],
    [{ logRetentionDays: 2 }, 'logRetentionDays is 2; allowed: 1, 3, 5, 7, 14, 30,'],
    [{ bundle: '/nowhere' }, 'the bundle folder "/nowhere" has no index.js. Build the functions first ("pnpm build")'],
  ])('refuses %j and says what is allowed', (props, message) => {
    expect(() => build(props)).toThrow(message);
  });
});
