/** The mock external service as the Node app that anybody may start. */
import { join } from 'node:path';
import { repositoryRoot } from './local-runtime';
import { ManagedProcess } from './managed-process';

const command = join(repositoryRoot, 'apps', 'external-service', 'dist', 'main.js');
const readyWithinMs = 20_000;

/** A request to `POST /external` as `GET /requests` shows it. */
export interface RecordedRequest {
  readonly id: string;
  readonly resumeToken: string;
  readonly callbackUrl: string;
}

/** The mock with a port of its own. */
export class MockService {
  private constructor(
    readonly process: ManagedProcess,
    /** Base URL with a trailing slash. */
    readonly url: string,
  ) {}

  static async start(): Promise<MockService> {
    const child = ManagedProcess.start(process.execPath, [command, '--port', '0']);
    try {
      const url = () => /https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+/.exec(child.printed)?.[0];
      return new MockService(child, `${await child.ready(url, 'printing its URL', readyWithinMs)}/`);
    } catch (error) {
      await child.kill();
      throw error;
    }
  }

  /** The URL that a deployment posts to. */
  get externalUrl(): string {
    return `${this.url}external`;
  }

  /** The first request that the service recorded about one task. */
  async requestFor(taskId: string): Promise<RecordedRequest | undefined> {
    return (await this.requestsFor(taskId))[0];
  }

  /** Every request that the service recorded about one task. */
  async requestsFor(taskId: string): Promise<RecordedRequest[]> {
    const response = await fetch(`${this.url}requests`);
    return findRequests(await response.json(), taskId);
  }

  async stop(): Promise<void> {
    await this.process.kill();
  }
}

/** Finds the objects that describe a task, wherever the document has them. */
function findRequests(document: unknown, taskId: string): RecordedRequest[] {
  if (typeof document !== 'object' || document === null) {
    return [];
  }
  if ('id' in document && document.id === taskId && 'resumeToken' in document && 'callbackUrl' in document) {
    const { resumeToken, callbackUrl } = document;
    return [{ id: taskId, resumeToken: String(resumeToken), callbackUrl: String(callbackUrl) }];
  }
  return Object.values(document).flatMap((value) => findRequests(value, taskId));
}
