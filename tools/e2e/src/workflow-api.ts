/** The workflow API as a client uses it: starts, waits, and plays the external service's part. */
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Answer, ApiClient } from './api-client';
import * as schemas from './schemas';
import { waitUntil } from './wait';

type Workflow = v.InferOutput<typeof schemas.workflow>;
type Task = v.InferOutput<typeof schemas.task>;

/** The body of `POST /workflows` and `POST /tasks`. */
export interface StartBody {
  readonly input?: unknown;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
}

/** The part of `input` that steers the mock external service. */
export interface MockBehaviour {
  readonly outcome?: 'succeed' | 'fail' | 'silent' | 'reject' | 'flaky';
  readonly delayMs?: number;
  readonly duplicates?: number;
  readonly conflicting?: boolean;
  readonly wrongToken?: boolean;
  readonly heartbeats?: number;
  readonly data?: unknown;
}

/** A callback body. `id` is any event id that the service chooses. */
export interface Callback {
  readonly resumeToken: string;
  readonly status: 'succeeded' | 'failed';
  readonly data?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** Input that makes the mock behave in one way. */
export function mocked(mock: MockBehaviour): StartBody {
  return { input: { mock } };
}

/** Speaks the contract of one workflow API. */
export class WorkflowApi {
  constructor(readonly api: ApiClient) {}

  /** @returns the id of the new task, after checking that it was accepted */
  async startTask(body: StartBody): Promise<string> {
    return v.parse(schemas.startedTask, expectStatus(await this.api.post('tasks', body), 202).body).taskId;
  }

  /** @returns the id of the new workflow, after checking that it was accepted */
  async startWorkflow(body: StartBody): Promise<string> {
    return v.parse(schemas.startedWorkflow, expectStatus(await this.api.post('workflows', body), 202).body).id;
  }

  async task(taskId: string): Promise<Task> {
    return v.parse(schemas.task, expectStatus(await this.api.get(`tasks/${taskId}`), 200).body);
  }

  async workflow(id: string, collection: 'workflows' | 'compositeWorkflows' = 'workflows'): Promise<Workflow> {
    return v.parse(schemas.workflow, expectStatus(await this.api.get(`${collection}/${id}`), 200).body);
  }

  endedWorkflow(id: string, withinMs?: number, collection?: 'workflows' | 'compositeWorkflows'): Promise<Workflow> {
    return waitUntil(
      () => this.workflow(id, collection),
      ({ status }) => status !== 'RUNNING',
      { what: `the end of workflow ${id}`, ...(withinMs === undefined ? {} : { withinMs }) },
    );
  }

  endedTask(taskId: string, withinMs?: number): Promise<Task> {
    return waitUntil(
      () => this.task(taskId),
      ({ status }) => status !== 'PENDING',
      { what: `the end of task ${taskId}`, ...(withinMs === undefined ? {} : { withinMs }) },
    );
  }

  /** What the external service does when it is done. */
  callBack(taskId: string, callback: Callback): Promise<Answer> {
    return this.api.put(`tasks/${taskId}`, { id: taskId, ...callback });
  }

  heartbeat(taskId: string, resumeToken: string): Promise<Answer> {
    return this.api.post(`tasks/${taskId}/heartbeat`, { resumeToken });
  }
}

/** @throws {Error} with the whole answer if the status is another one */
export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) {
    throw new Error(`${answer.request} answered ${answer.status} instead of ${status}: ${answer.text.slice(0, 500)}`);
  }
  return answer;
}

/** A well-formed token that no task has. */
export function foreignToken(): string {
  return `${randomUUID()}${randomUUID()}`.replaceAll('-', '');
}
