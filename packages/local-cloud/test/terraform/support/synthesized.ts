import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonValue } from '@workflows/states-language';
import { zipSync } from 'fflate';

export type Resources = Record<string, Record<string, Record<string, JsonValue>>>;

/** Writes stacks as `cdktf synth` does. @returns the folder that stands for `cdktf.out` */
export function synthesized(
  stacks: Readonly<Record<string, object>>,
  functions: Readonly<Record<string, string>> = {},
): string {
  const outDir = mkdtempSync(join(tmpdir(), 'local-cloud-test-'));
  for (const [name, stack] of Object.entries(stacks)) {
    const folder = join(outDir, 'stacks', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'cdk.tf.json'),
      JSON.stringify({ provider: { aws: [{ region: 'us-east-1' }] }, ...stack }),
    );
    for (const [file, source] of Object.entries(functions)) {
      writeFileSync(join(folder, `${file}.zip`), zipSync({ 'index.js': Buffer.from(source) }));
    }
  }
  return outDir;
}

export const trustOf = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
  });

/** A role for functions and one for state machines. */
export const rolesOfServices = (): Resources['aws_iam_role'] => ({
  functions: { name: 'functions', assume_role_policy: trustOf('lambda.amazonaws.com') },
  machines: { name: 'machines', assume_role_policy: trustOf('states.amazonaws.com') },
});

const policyOf = (action: string, resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [action], Resource: [resource] }] });

export const functionOf = (name: string) => ({
  filename: `${name}.zip`,
  function_name: name,
  handler: 'index.handler',
  role: '${aws_iam_role.functions.arn}',
  runtime: 'nodejs22.x',
});

/** A state, in JSONata, that gives a function its input, as text because it may be a number, and passes the answer on. */
export const invocationOf = (functionName: string) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: functionName, Payload: '{% $string($states.input) %}' },
  Output: '{% $states.result.Payload %}',
});

/** Adds a function whose archive has its name. */
export function addFunction({ resource }: SampleStack, name: string): void {
  resource.aws_lambda_function = { ...resource.aws_lambda_function, [name]: functionOf(name) };
}

/** Adds a rule that calls a function, and what lets it. */
export function addRule(
  { resource }: SampleStack,
  name: string,
  rule: Readonly<Record<string, string>>,
  functionName: string,
  permission = true,
): void {
  resource.aws_cloudwatch_event_rule = { [name]: { name, ...rule } };
  resource.aws_cloudwatch_event_target = {
    [name]: { rule: `\${aws_cloudwatch_event_rule.${name}.name}`, arn: `\${aws_lambda_function.${functionName}.arn}` },
  };
  if (permission) {
    resource.aws_lambda_permission = {
      ...resource.aws_lambda_permission,
      [name]: {
        action: 'lambda:InvokeFunction',
        function_name: `\${aws_lambda_function.${functionName}.function_name}`,
        principal: 'events.amazonaws.com',
        source_arn: `\${aws_cloudwatch_event_rule.${name}.arn}`,
      },
    };
  }
}

export interface SampleStack {
  resource: Resources;
  output: Record<string, { value: string; sensitive?: boolean }>;
}

/** A stack with an API whose function writes to a table and starts a state machine that calls another function. */
export function sampleStack(): SampleStack {
  return {
    resource: {
      aws_dynamodb_table: {
        orders: {
          attribute: [{ name: 'id', type: 'S' }],
          billing_mode: 'PAY_PER_REQUEST',
          hash_key: 'id',
          name: 'orders',
          ttl: { attribute_name: 'expiresAt', enabled: true },
        },
      },
      aws_iam_role: rolesOfServices(),
      aws_iam_role_policy: {
        functions: {
          name: 'write',
          policy: policyOf('states:StartExecution', '${aws_sfn_state_machine.machine.arn}'),
          role: '${aws_iam_role.functions.name}',
        },
        machines: {
          name: 'invoke',
          policy: policyOf('lambda:InvokeFunction', '${aws_lambda_function.double.arn}'),
          role: '${aws_iam_role.machines.name}',
        },
      },
      aws_lambda_function: {
        double: { ...functionOf('double'), depends_on: ['aws_cloudwatch_log_group.double'] },
        start: {
          ...functionOf('start'),
          environment: {
            variables: { MACHINE: '${aws_sfn_state_machine.machine.arn}', TABLE: '${aws_dynamodb_table.orders.name}' },
          },
        },
      },
      aws_cloudwatch_log_group: { double: { name: '/aws/lambda/double', retention_in_days: 14 } },
      aws_sfn_state_machine: {
        machine: {
          name: 'machine',
          role_arn: '${aws_iam_role.machines.arn}',
          depends_on: ['aws_iam_role_policy.machines'],
          definition: JSON.stringify({
            QueryLanguage: 'JSONata',
            StartAt: 'Double',
            States: { Double: { ...invocationOf('${aws_lambda_function.double.arn}'), End: true } },
          }),
        },
      },
      aws_apigatewayv2_api: { api: { name: 'api', protocol_type: 'HTTP' } },
      aws_apigatewayv2_integration: {
        start: {
          api_id: '${aws_apigatewayv2_api.api.id}',
          integration_type: 'AWS_PROXY',
          integration_uri: '${aws_lambda_function.start.invoke_arn}',
          payload_format_version: '2.0',
        },
      },
      aws_apigatewayv2_route: {
        start: {
          api_id: '${aws_apigatewayv2_api.api.id}',
          route_key: 'POST /start',
          target: 'integrations/${aws_apigatewayv2_integration.start.id}',
        },
      },
      aws_apigatewayv2_stage: {
        prod: { api_id: '${aws_apigatewayv2_api.api.id}', auto_deploy: true, name: 'prod' },
      },
      aws_lambda_permission: {
        start: {
          action: 'lambda:InvokeFunction',
          function_name: '${aws_lambda_function.start.function_name}',
          principal: 'apigateway.amazonaws.com',
          source_arn: '${aws_apigatewayv2_api.api.execution_arn}/*/*',
        },
      },
    },
    output: {
      Endpoint: { value: '${aws_apigatewayv2_stage.prod.invoke_url}/' },
      MachineArn: { value: '${aws_sfn_state_machine.machine.arn}' },
      Secret: { value: 'hidden', sensitive: true },
    },
  };
}
