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

const SUPPORTED = `Lambda function ARNs, ${ALL.filter((it) => !isSdk(it))
  .flatMap(({ service, actions }) => (actions === 'all' ? [] : actions.map((action) => `${service}:${action}`)))
  .filter((name) => name !== 'lambda:function')
  .join(', ')}, and the actions of ${ALL.filter(isSdk)
  .map(({ service }) => service)
  .join(' and ')} that the runtime implements`;

/** What Task states are carried out with, and what is said where nothing does. */
export const SUPPORTED_INTEGRATIONS: SupportedIntegrations = {
  find: integrationFor,
  refusal: (resourceArn) =>
    `The resource '${resourceArn}' is not supported by this runtime. Supported: ${SUPPORTED}. ` +
    'Mock the state (--mocks), or give its service an endpoint (--endpoint, --aws-endpoint).',
};
