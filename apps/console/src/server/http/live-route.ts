import type { Context, Handler } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { LiveEvents } from '../../wire/types';
import { arnOf } from '../model/views';
import type { Services } from '../services';

const KEEP_ALIVE_MS = 15_000;

/**
 * The live stream of one window: what changed, as server-sent events. `?execution=<state machine>/<name>` adds the
 * changes of that execution.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function liveRoute(services: Services, instance: string): Handler {
  return (context) => {
    const follows = followed(context, services);
    return streamSSE(context, async (stream) => {
      const send = <Name extends keyof LiveEvents>(event: Name, data: LiveEvents[Name]): void => {
        void stream.writeSSE({ event, data: JSON.stringify(data) });
      };
      const remove = services.hub.add({ send, ...(follows === undefined ? {} : { follows }) });
      const ended = new Promise<void>((resolve) => stream.onAbort(resolve));
      send('hello', { instance });
      const { failure } = services.follower;
      send('upstream', failure === undefined ? { connected: true } : { connected: false, message: failure });
      const keepAlive = setInterval(() => void stream.write(': still here\n\n'), KEEP_ALIVE_MS);
      await ended;
      clearInterval(keepAlive);
      remove();
    });
  };
}

function followed(context: Context, services: Services): string | undefined {
  const [stateMachine, ...name] = (context.req.query('execution') ?? '').split('/');
  if (!stateMachine || name.length === 0) {
    return undefined;
  }
  return arnOf({ stateMachine, name: name.join('/') }, services.follower.stateMachines);
}
