import { randomUUID } from 'node:crypto';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { callApi, type HttpCall, Redactor, type Target, type TaskReader } from '@workflows/inspector';
import type { AnswerRequest, AnswerResult, MadeCall } from '../../wire/types';
import { HttpProblem } from '../http/problem';
import type { Inbox } from '../live/inbox';

export interface AnswerSources {
  readonly target: Target;
  readonly sfn: SFNClient;
  readonly inbox: Inbox | undefined;
  readonly tasks: TaskReader | undefined;
}

interface Callback {
  readonly url: string;
  readonly resumeToken: string;
}

/**
 * Answers a task in the external service's name: the call that the service would make, with the resume token that only
 * the server knows.
 *
 * @throws {HttpProblem} 404 when nothing is known of the task; 409 when its callback address is not the workflow API's
 */
export async function answerTask(id: string, request: AnswerRequest, sources: AnswerSources): Promise<AnswerResult> {
  const callback = await findCallback(id, sources);
  const redactor = new Redactor();
  redactor.learn(callback.resumeToken);
  const calls: MadeCall[] = [];
  for (const call of callsOf(id, request, callback)) {
    const response = await callApi(call, sources.target, sources.sfn);
    const body = redactor.text(await response.text());
    calls.push({ call: describe(call), status: response.status, body });
  }
  return { calls };
}

async function findCallback(id: string, sources: AnswerSources): Promise<Callback> {
  const api = sources.target.outputs.workflowApi;
  if (api === undefined) {
    throw new HttpProblem(409, 'no-api', 'The outputs contain no workflow API to call back.');
  }
  const received = sources.inbox?.get(id);
  if (received !== undefined) {
    // The console calls back only the workflow API, regardless of the callback URL in the request.
    if (!received.callbackUrl.startsWith(api)) {
      throw new HttpProblem(
        409,
        'foreign-callback',
        `The callback URL of the request does not start with ${api}, so the console does not call it.`,
      );
    }
    return { url: received.callbackUrl, resumeToken: received.resumeToken };
  }
  const resumeToken = await sources.tasks?.resumeToken(id);
  if (resumeToken === undefined) {
    throw new HttpProblem(404, 'unknown-task', 'The external service has not received a request for this task yet.');
  }
  return { url: `${api}tasks/${encodeURIComponent(id)}`, resumeToken };
}

function callsOf(id: string, request: AnswerRequest, { url, resumeToken }: Callback): HttpCall[] {
  const put = (body: object): HttpCall => ({ method: 'PUT', url, body: { id, resumeToken, ...body } });
  const succeeded = { status: 'succeeded', ...(request.data === undefined ? {} : { data: request.data }) };
  const failed = {
    status: 'failed',
    ...(request.error === undefined ? {} : { error: request.error }),
    ...(request.cause === undefined ? {} : { cause: request.cause }),
  };
  switch (request.action) {
    case 'succeed':
      return [put(succeeded)];
    case 'fail':
      return [put(failed)];
    case 'heartbeat':
      return [{ method: 'POST', url: `${url}/heartbeat`, body: { resumeToken } }];
    case 'answer-twice':
      return [put(succeeded), put(succeeded)];
    case 'contradict':
      return [put(succeeded), put(failed)];
    case 'wrong-token':
      return [{ method: 'PUT', url, body: { id, resumeToken: `wrong-${randomUUID()}`, ...succeeded } }];
  }
}

function describe(call: HttpCall): string {
  const status = (call.body as { status?: string }).status;
  return `${call.method} ${new URL(call.url).pathname}${status === undefined ? '' : ` (${status})`}`;
}
