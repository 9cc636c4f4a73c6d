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

/** What state machines are checked against when they are created. */
export const SUPPORTED_INTEGRATIONS: SupportedIntegrations = {
  find: integrationFor,
  description: `Lambda function ARNs, ${ALL.filter((it) => !isSdk(it))
    .flatMap(({ service, actions }) => (actions === 'all' ? [] : actions.map((action) => `${service}:${action}`)))
    .filter((name) => name !== 'lambda:function')
    .join(', ')}, and the actions of ${ALL.filter(isSdk)
    .map(({ service }) => service)
    .join(' and ')} that the runtime implements`,
};
