import type { TaskResource } from '@workflows/states-language';
import type { SupportedIntegrations } from '../context';
import * as integrations from '../integrations';
import type { Integration } from './integration';

const ALL: readonly Integration[] = Object.values(integrations);

/** What carries out a Task state; `undefined` where this runtime has nothing that does. */
export function integrationFor({ service, action, pattern }: TaskResource): Integration | undefined {
  return ALL.find(
    (it) =>
      it.service === service && (it.actions === 'all' || it.actions.includes(action)) && it.patterns.includes(pattern),
  );
}

const isSdk = ({ service }: Integration): boolean => service.startsWith('aws-sdk:');

const SUPPORTED = `Lambda function ARNs, ARNs of activities, ${ALL.filter((it) => !isSdk(it))
  .flatMap(({ service, actions }) => (actions === 'all' ? [] : actions.map((action) => `${service}:${action}`)))
  .filter((name) => name !== 'lambda:function')
  .join(', ')}, and the actions of ${ALL.filter(isSdk)
  .map(({ service }) => service)
  .join(' and ')} that the runtime implements`;

/** Integrations with services that the runtime does not carry out itself. */
export interface OtherServices {
  /** What carries a Task state out elsewhere, though the runtime could, because its service was given an endpoint. */
  elsewhere(resource: TaskResource): Integration | undefined;
  /** What carries a Task state out that the runtime has no integration for. */
  remaining(resource: TaskResource): Integration | undefined;
}

const NONE: OtherServices = { elsewhere: () => undefined, remaining: () => undefined };

/** What Task states are carried out with, and what is said where nothing does. */
export interface TaskIntegrations extends SupportedIntegrations {
  find(resource: TaskResource): Integration | undefined;
}

export function taskIntegrations(others: OtherServices = NONE): TaskIntegrations {
  return {
    find: (resource) => others.elsewhere(resource) ?? integrationFor(resource) ?? others.remaining(resource),
    refusal: (resourceArn) =>
      `The resource '${resourceArn}' is not supported by this runtime. Supported: ${SUPPORTED}. ${remedyFor(resourceArn)}`,
  };
}

/** Jobs of other services are waited for by events that no endpoint sends. */
const remedyFor = (resourceArn: string): string =>
  /\.sync(:2)?$/.test(resourceArn)
    ? 'Mock the state (--mocks): this runtime does not wait for jobs of other services.'
    : 'Mock the state (--mocks), or give its service an endpoint (--endpoint, --aws-endpoint).';
