import { EXECUTION_STATUSES } from '@workflows/inspector';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import type { InboxView } from '../../wire/types';
import { inboxView } from '../model/inbox-view';
import { arnOf, eventsPage, executionView, waitingView } from '../model/views';
import type { Services } from '../services';
import { HttpProblem } from './problem';

const number = (min: number, max: number, fallback: number) =>
  v.optional(v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(min), v.maxValue(max)), String(fallback));

const executionsQuery = v.object({
  status: v.optional(v.picklist(EXECUTION_STATUSES)),
  stateMachine: v.optional(v.string()),
  name: v.optional(v.string()),
  page: number(1, 1_000_000, 1),
  size: number(1, 200, 50),
});

const eventsQuery = v.object({
  q: v.optional(v.string(), ''),
  offset: number(0, 1_000_000, 0),
  limit: number(1, 1000, 200),
});

/** Everything that only looks. */
export function readRoutes(services: Services): Hono {
  const app = new Hono();

  app.get('/executions', (context) => {
    failWhileDown(services);
    const { status, stateMachine, name, page, size } = query(context, executionsQuery);
    const filter = {
      page,
      size,
      ...(status === undefined ? {} : { status }),
      ...(stateMachine ? { stateMachine } : {}),
      ...(name ? { name } : {}),
    };
    return context.json({ ...services.index.page(filter), loading: services.follower.loading });
  });

  app.get('/executions/:stateMachine/:name', async (context) => {
    const view = await executionView(executionOf(context, services), services);
    if (view === undefined) {
      throw unknownExecution();
    }
    return context.json(view);
  });

  app.get('/executions/:stateMachine/:name/events', async (context) => {
    const { q, offset, limit } = query(context, eventsQuery);
    const loaded = await services.cache.load(executionOf(context, services));
    if (loaded === undefined) {
      throw unknownExecution();
    }
    return context.json(eventsPage(loaded.model.timeline, { query: q, offset, limit }));
  });

  app.get('/waiting', async (context) => {
    failWhileDown(services);
    return context.json(await waitingView(services));
  });

  app.get('/inbox', async (context) => {
    const view: InboxView = { requests: await inboxView(services), now: services.now() };
    return context.json(view);
  });

  return app;
}

/** The ARN that the path names. */
function executionOf(context: Context, services: Services): string {
  const key = { stateMachine: context.req.param('stateMachine') ?? '', name: context.req.param('name') ?? '' };
  failWhileDown(services);
  const arn = arnOf(key, services.follower.stateMachines);
  if (arn === undefined) {
    throw new HttpProblem(404, 'unknown-state-machine', `The state machine “${key.stateMachine}” does not exist.`);
  }
  return arn;
}

/** What is in memory may be of a runtime that is gone: say so rather than show it. */
function failWhileDown(services: Services): void {
  if (services.follower.failure !== undefined) {
    throw new HttpProblem(503, 'target-down', services.follower.failure);
  }
}

function unknownExecution(): HttpProblem {
  return new HttpProblem(
    404,
    'unknown-execution',
    'The execution does not exist, or no longer exists. The runtime keeps no executions when it restarts.',
  );
}

function query<const Schema extends v.GenericSchema>(context: Context, schema: Schema): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, context.req.query());
  if (parsed.success) {
    return parsed.output;
  }
  const [issue] = parsed.issues;
  throw new HttpProblem(400, 'invalid-query', `${v.getDotPath(issue) ?? 'query'}: ${issue.message}`);
}
