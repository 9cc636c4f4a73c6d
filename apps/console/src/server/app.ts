import { Hono } from 'hono';
import type { SessionView } from '../wire/types';
import { actionRoutes } from './http/action-routes';
import { ownPagesOnly, secureHeaders } from './http/guard';
import { liveRoute } from './http/live-route';
import type { Pages } from './http/pages';
import { answerError, HttpProblem } from './http/problem';
import { readRoutes } from './http/read-routes';
import type { Services } from './services';

export interface AppOptions {
  readonly services: Services;
  readonly session: () => SessionView;
  readonly pages: Pages;
  readonly port: () => number;
}

/** Every route of the console: pages, reads, the live stream, and what a person may do. */
export function createApp({ services, session, pages, port }: AppOptions): Hono {
  const app = new Hono();
  app.use(secureHeaders, ownPagesOnly(port));
  app.onError(answerError);
  app.get('/api/session', (context) => context.json(session()));
  app.route('/api', readRoutes(services));
  app.route('/api', actionRoutes(services));
  app.get('/api/live', liveRoute(services, session().instance));
  app.all('/api/*', (context) => {
    throw new HttpProblem(404, 'unknown-route', `The route ${context.req.method} ${context.req.path} does not exist.`);
  });
  app.get('*', (context) => {
    const page = pages.answer(context);
    if (page === undefined) {
      throw new HttpProblem(404, 'unknown-page', `${context.req.path} does not exist.`);
    }
    return page;
  });
  return app;
}
