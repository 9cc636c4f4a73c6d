import { executionArn, waitsOf } from '@workflows/inspector';
import type { InboxRequest } from '../../wire/types';
import type { ReceivedRequest } from '../live/inbox';
import type { Services } from '../services';
import { keyOf } from './views';

const SHOWN = 100;

/** The newest requests that the mock received, each with what became of its task. */
export async function inboxView(services: Services): Promise<InboxRequest[]> {
  const received = services.inbox?.all().slice(0, SHOWN) ?? [];
  return Promise.all(received.map((request) => inboxRequest(request, services)));
}

/** The resume token and the callback address stay behind. */
async function inboxRequest(request: ReceivedRequest, services: Services): Promise<InboxRequest> {
  const { id, received, receivedAt, payload } = request;
  const machine = services.outputs.workflowStateMachine;
  const loaded = machine === undefined ? undefined : await services.cache.load(executionArn(machine, id));
  const execution = loaded && keyOf(loaded.arn);
  const wait =
    loaded && waitsOf(loaded.model, loaded.definition, loaded.lastHeartbeatAt).find((it) => it.kind === 'callback');
  return {
    id,
    received,
    receivedAt,
    payload,
    ...(loaded === undefined ? {} : { status: loaded.model.status }),
    ...(execution === undefined ? {} : { execution }),
    ...(wait === undefined ? {} : { wait }),
  };
}
