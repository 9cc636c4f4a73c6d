import { createHash } from 'node:crypto';
import { arnOf } from '../../account';
import { block, blocks, flag, number, oneOf, only, optional, tags, text } from '../arguments';
import { UnsupportedTerraformError } from '../errors';
import { resourceType } from '../resource-type';

/** API Gateway's ids are ten characters; ours are the same at every start. */
const idOf = (...parts: string[]) =>
  BigInt(`0x${createHash('sha256').update(parts.join('/')).digest('hex')}`)
    .toString(36)
    .slice(0, 10);

/** A function's ARN in an integration URI, or the whole text when it is one. */
const FUNCTION_ARN = /arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+/;

const throttling = {
  // Metrics and logs of single routes have no reader here.
  data_trace_enabled: optional(flag),
  detailed_metrics_enabled: optional(flag),
  logging_level: optional(text),
  throttling_burst_limit: optional(number),
  throttling_rate_limit: optional(number),
};

interface ThrottleArguments {
  readonly throttling_burst_limit?: number | undefined;
  readonly throttling_rate_limit?: number | undefined;
}

function throttleOf(settings: ThrottleArguments | undefined) {
  const { throttling_burst_limit: burstLimit, throttling_rate_limit: rateLimit } = settings ?? {};
  if (burstLimit === undefined && rateLimit === undefined) {
    return undefined;
  }
  if (burstLimit === undefined || rateLimit === undefined) {
    throw new UnsupportedTerraformError('throttling takes both throttling_burst_limit and throttling_rate_limit');
  }
  return { burstLimit, rateLimit };
}

export const httpApiResources = [
  resourceType({
    type: 'aws_apigatewayv2_api',
    arguments: {
      name: text,
      protocol_type: only('HTTP'),
      description: optional(text),
      disable_execute_api_endpoint: optional(only(false)),
      ip_address_type: optional(oneOf(['ipv4', 'dualstack'])),
      tags: optional(tags),
    },
    create: async ({ name }, { address, cloud: { apis, region }, stackName }) => {
      const id = idOf(stackName, address);
      const { api, url } = await apis.create(id, name);
      return {
        id,
        arn: arnOf('apigateway', region, `/apis/${id}`).replace('000000000000', ''),
        api_endpoint: url,
        execution_arn: api.executionArn,
      };
    },
  }),
  resourceType({
    type: 'aws_apigatewayv2_integration',
    arguments: {
      api_id: text,
      integration_type: only('AWS_PROXY'),
      integration_uri: text,
      payload_format_version: only('2.0'),
      connection_type: optional(only('INTERNET')),
      description: optional(text),
      integration_method: optional(text),
      timeout_milliseconds: optional(number, 30_000),
    },
    create: (values, { address, cloud: { apis }, stackName }) => {
      const functionArn = FUNCTION_ARN.exec(values.integration_uri)?.[0];
      if (functionArn === undefined) {
        throw new UnsupportedTerraformError(
          `argument \`integration_uri\` is ${values.integration_uri}; supported: a function's ARN or invoke ARN`,
        );
      }
      const id = idOf(stackName, address);
      apis.get(values.api_id).api.addIntegration({
        id,
        functionName: functionArn,
        timeoutMs: values.timeout_milliseconds,
      });
      return { id };
    },
  }),
  resourceType({
    type: 'aws_apigatewayv2_route',
    arguments: {
      api_id: text,
      route_key: text,
      target: text,
      api_key_required: optional(only(false)),
      authorization_type: optional(oneOf(['NONE', 'AWS_IAM']), 'NONE'),
      operation_name: optional(text),
    },
    create: (values, { address, cloud: { apis }, stackName }) => {
      apis.get(values.api_id).api.addRoute({
        key: values.route_key,
        integrationId: values.target.replace(/^integrations\//, ''),
        authorization: values.authorization_type,
      });
      return { id: idOf(stackName, address) };
    },
  }),
  resourceType({
    type: 'aws_apigatewayv2_stage',
    arguments: {
      api_id: text,
      auto_deploy: only(true),
      name: text,
      access_log_settings: optional(block({ destination_arn: text, format: text })),
      default_route_settings: optional(block(throttling)),
      description: optional(text),
      route_settings: optional(blocks({ route_key: text, ...throttling }), []),
      tags: optional(tags),
    },
    create: (values, { cloud: { apis, region } }) => {
      const { api, url } = apis.get(values.api_id);
      const { name } = values;
      const throttle = throttleOf(values.default_route_settings);
      const routeThrottles = values.route_settings.flatMap((settings) => {
        const own = throttleOf(settings);
        return own === undefined ? [] : [[settings.route_key, own] as const];
      });
      api.addStage({
        name,
        ...(throttle === undefined ? {} : { throttle }),
        routeThrottles: Object.fromEntries(routeThrottles),
        ...(values.access_log_settings === undefined ? {} : { accessLogFormat: values.access_log_settings.format }),
      });
      return {
        id: name,
        arn: arnOf('apigateway', region, `/apis/${values.api_id}/stages/${name}`).replace('000000000000', ''),
        execution_arn: `${api.executionArn}/${name}`,
        invoke_url: name === '$default' ? `${url}/` : `${url}/${name}`,
      };
    },
  }),
];
