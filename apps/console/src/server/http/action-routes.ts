import { PATTERNS } from '@workflows/contract';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import type { AnswerRequest } from '../../wire/types';
import { answerTask } from '../actions/answer-task';
import { startPattern } from '../actions/start-pattern';
import type { Services } from '../services';
import { HttpProblem } from './problem';

const MAX_BODY_BYTES = 512 * 1024;

const answer = v.strictObject({
  action: v.picklist(['succeed', 'fail', 'heartbeat', 'answer-twice', 'contradict', 'wrong-token']),
  data: v.optional(v.unknown()),
  error: v.optional(v.string()),
  cause: v.optional(v.string()),
});

const start = v.strictObject({
  pattern: v.picklist(PATTERNS.map(({ id }) => id)),
  key: v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/)),
  body: v.record(v.string(), v.unknown()),
});

/** What a person may do: start a pattern, and answer a task. */
export function actionRoutes(services: Services): Hono {
  const app = new Hono();
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new HttpProblem(413, 'too-large', `The body exceeds ${MAX_BODY_BYTES} bytes.`);
      },
    }),
  );

  app.post('/start', async (context) => {
    const { pattern, key, body } = parse(start, await context.req.text());
    return context.json(await startPattern(pattern, body, key, { target: services.target, sfn: services.clients.sfn }));
  });

  app.post('/tasks/:id/answers', async (context) => {
    if (services.answersReason !== undefined) {
      throw new HttpProblem(403, 'answers-disabled', services.answersReason);
    }
    const request = parse(answer, await context.req.text()) as AnswerRequest;
    const id = context.req.param('id');
    const { target, clients, inbox, tasks } = services;
    const result = await answerTask(id, request, { target, sfn: clients.sfn, inbox, tasks });
    if (request.action === 'heartbeat' && result.calls[0]?.status === 204) {
      services.follower.heartbeat(id);
    }
    return context.json(result);
  });

  return app;
}

function parse<const Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HttpProblem(400, 'not-json', 'The body is not valid JSON.');
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) {
    return parsed.output;
  }
  const [issue] = parsed.issues;
  throw new HttpProblem(422, 'invalid-body', `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
}
