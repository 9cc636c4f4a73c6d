import { AwsProvider, type AwsProviderConfig } from '@cdktf/provider-aws/lib/provider';
import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { Config } from '../config/config';
import { AWS_PROVIDER_VERSIONS, TERRAFORM_VERSIONS } from './constants';
import { deploymentName } from './deployment-name';

/** The services that the stacks use, as the provider names their endpoints. */
const SERVICES = [
  'apigatewayv2',
  'cloudwatch',
  'dynamodb',
  'eventbridge',
  'iam',
  'lambda',
  'logs',
  'sfn',
  'sns',
  'sts',
] as const;

/** Settings that skip the calls with which the provider identifies the account. */
const UNATTENDED = {
  skipCredentialsValidation: true,
  skipMetadataApiCheck: 'true',
  skipRequestingAccountId: true,
} satisfies AwsProviderConfig;

/** Configures the provider, its credentials and the backend of the Terraform state. */
export function addProvider(stack: TerraformStack, config: Config): void {
  new AwsProvider(stack, 'aws', {
    region: config.region,
    ...(Object.keys(config.tags).length === 0 ? {} : { defaultTags: [{ tags: { ...config.tags } }] }),
    ...identity(config),
  });
  stack.addOverride('terraform.required_providers.aws.version', AWS_PROVIDER_VERSIONS);
  stack.addOverride('terraform.required_version', TERRAFORM_VERSIONS);
}

function identity(config: Config): AwsProviderConfig {
  if (config.planOffline) {
    return { ...UNATTENDED, accessKey: 'offline', secretKey: 'offline' };
  }
  if (config.endpointUrl === undefined) {
    return {};
  }
  const { endpointUrl } = config;
  return {
    ...UNATTENDED,
    skipRequestingAccountId: false,
    accessKey: 'test',
    secretKey: 'test',
    endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpointUrl]))],
  };
}

/**
 * S3 with a lock file beside the state, or a file beside `cdktf.json`. Each deployment has a state of its own: with one
 * that they share, Terraform would take the second for the first under other names, and destroy the first.
 *
 * @see https://developer.hashicorp.com/terraform/language/state/purpose
 */
export function addBackend(stack: TerraformStack, config: Config): void {
  const { stateBucket, stateKeyPrefix, stateRegion, region } = config;
  const deployment = deploymentName(config);
  if (stateBucket === undefined) {
    // Relative to cdktf.out/stacks/<stack>, where Terraform runs: no path of this machine enters the output.
    new LocalBackend(stack, { path: `../../../terraform.${deployment}.${stack.node.id}.tfstate` });
    return;
  }
  new S3Backend(stack, {
    bucket: stateBucket,
    key: `${stateKeyPrefix}/${deployment}/${stack.node.id}.tfstate`,
    region: stateRegion ?? region,
    encrypt: true,
  });
  // Newer than the bindings: a lock file beside the state replaces the DynamoDB table.
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
}
