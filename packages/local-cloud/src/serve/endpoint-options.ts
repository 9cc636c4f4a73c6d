import { UsageError } from '@workflows/command-line';
import type { ServiceEndpointsOptions } from '../service-endpoints';

const url = (service: string, variable: string) =>
  ({
    kind: 'url',
    protocols: ['http:', 'https:'],
    description: `endpoint of ${service}`,
    defaultDescription: variable,
  }) as const;

/** The endpoints of Step Functions Local. @see https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-config-options.html */
export const LOCAL_ENDPOINT_OPTIONS = {
  batchEndpoint: url('Batch', 'BATCH_ENDPOINT'),
  dynamodbEndpoint: url('DynamoDB', 'DYNAMODB_ENDPOINT'),
  ecsEndpoint: url('ECS', 'ECS_ENDPOINT'),
  glueEndpoint: url('Glue', 'GLUE_ENDPOINT'),
  lambdaEndpoint: url('Lambda', 'LAMBDA_ENDPOINT'),
  sagemakerEndpoint: url('SageMaker', 'SAGE_MAKER_ENDPOINT'),
  snsEndpoint: url('SNS', 'SNS_ENDPOINT'),
  sqsEndpoint: url('SQS', 'SQS_ENDPOINT'),
  stepFunctionsEndpoint: url('Step Functions, for nested executions', 'STEP_FUNCTIONS_ENDPOINT'),
} as const;

type LocalOption = keyof typeof LOCAL_ENDPOINT_OPTIONS;

export interface EndpointValues extends Readonly<Partial<Record<LocalOption, string | undefined>>> {
  /** Each `service=url`. */
  readonly endpoint: readonly string[];
  readonly awsEndpoint?: string | undefined;
  readonly useAwsAccount: boolean;
}

/**
 * Where services are that are not carried out here; `undefined` if nothing is said of it.
 *
 * @param port of the runtime's own endpoint
 * @throws {UsageError} for what is no endpoint, and for options that contradict each other
 */
export function elsewhereOf(
  values: EndpointValues,
  environment: NodeJS.ProcessEnv,
  port: number,
): Omit<ServiceEndpointsOptions, 'own'> | undefined {
  const { awsEndpoint, useAwsAccount } = values;
  if (useAwsAccount && awsEndpoint !== undefined) {
    throw new UsageError('--use-aws-account and --aws-endpoint contradict each other: give one of them.');
  }
  const endpoints: Record<string, string> = {};
  const add = (service: string, text: string, source: string): void => {
    if (!isHttpUrl(text)) {
      throw new UsageError(
        `${source} is not an endpoint. Received: ${JSON.stringify(text)}. Allowed: an absolute URL that starts with http:// or https://.`,
      );
    }
    // Where the endpoint is this one, the service is ours.
    if (!isThisEndpoint(text, port)) {
      endpoints[service] = text;
    }
  };
  for (const [option, { defaultDescription: variable }] of Object.entries(LOCAL_ENDPOINT_OPTIONS)) {
    const text = values[option as LocalOption] ?? (environment[variable] || undefined);
    if (text !== undefined) {
      add(option.slice(0, -'Endpoint'.length), text, variable);
    }
  }
  for (const text of values.endpoint) {
    const [, service = '', target = ''] = /^([a-z][a-z0-9-]*)=(.*)$/i.exec(text) ?? [];
    if (service === '') {
      throw new UsageError(
        `--endpoint must be <service>=<url>, for example sns=http://127.0.0.1:4575. Received: ${JSON.stringify(text)}.`,
      );
    }
    add(service, target, `--endpoint ${service}`);
  }
  return Object.keys(endpoints).length === 0 && !useAwsAccount && awsEndpoint === undefined
    ? undefined
    : { endpoints, useAwsAccount, ...(awsEndpoint === undefined ? {} : { awsEndpoint }) };
}

/**
 * @param text names between commas
 * @param known the services that can be carried out here
 * @throws {UsageError}
 */
export function servicesOf(text: string, known: readonly string[]): readonly string[] {
  const services = text.split(',').map((name) => name.trim());
  const unknown = services.find((name) => !known.includes(name));
  if (unknown !== undefined || !services.includes('states')) {
    throw new UsageError(
      `--services must be a list of ${known.join(', ')} separated by commas, including states. Received: ${text}.`,
    );
  }
  return services;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '0.0.0.0']);

function isThisEndpoint(text: string, port: number): boolean {
  const given = new URL(text);
  return LOOPBACK.has(given.hostname) && given.port === String(port);
}
