import { SFNClient } from '@aws-sdk/client-sfn';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { FaultyHandler } from './faulty-handler';

export interface FakeExecution {
  readonly executionArn: string;
  readonly name: string;
  status: string;
  input: string;
  startDate: number;
  output?: string;
  error?: string;
  cause?: string;
  redriveCount?: number;
}

/** What was sent under a task token. */
export interface Answer {
  readonly action: string;
  readonly token: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

interface Body {
  readonly executionArn?: string;
  readonly name?: string;
  readonly input?: string;
  readonly taskToken?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

class ServiceError extends Error {
  constructor(override readonly name: string) {
    super(`${name}: this message may hold a task token`);
  }
}

export const MACHINE_ARN = 'arn:aws:states:eu-central-1:123456789012:stateMachine:workflow';
export const arnOf = (name: string): string => `arn:aws:states:eu-central-1:123456789012:execution:workflow:${name}`;

/**
 * Step Functions as these functions use it, over its wire protocol: executions and task tokens that the test opens
 * and closes. The real SDK speaks to it.
 */
export class FakeStepFunctions {
  readonly executions = new Map<string, FakeExecution>();
  readonly answers: Answer[] = [];
  readonly faults: FaultyHandler;
  readonly client: SFNClient;
  /** Epoch seconds. */
  nowSeconds = 1_800_000_000;
  /** Whether executions end as soon as they start. */
  instant = false;
  /** How often `DescribeExecution`, which is eventually consistent, does not see an execution yet. */
  unseen = 0;
  readonly #openTokens = new Set<string>();

  constructor() {
    this.faults = new FaultyHandler({
      handle: async (request) => {
        const action = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
        return this.#answer(action, JSON.parse(new TextDecoder().decode(request.body))) as never;
      },
    });
    this.client = new SFNClient({
      endpoint: 'http://127.0.0.1:1',
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: this.faults,
      retryStrategy: new ConfiguredRetryStrategy(3, () => 0),
    });
  }

  /** An execution that runs. */
  run(name: string, input: unknown = {}): FakeExecution {
    const execution = {
      executionArn: arnOf(name),
      name,
      status: 'RUNNING',
      input: JSON.stringify(input),
      startDate: this.nowSeconds,
    };
    this.executions.set(execution.executionArn, execution);
    return execution;
  }

  /** Ends an execution, and with it whatever waits in it. */
  end(name: string, end: Partial<FakeExecution> & { readonly status: string }): void {
    Object.assign(this.executions.get(arnOf(name)) ?? {}, end);
    this.#openTokens.clear();
  }

  /** Lets a wait begin under this task token. */
  wait(token: string): void {
    this.#openTokens.add(token);
  }

  /** Lets the wait of this task token end without an answer. */
  timeOut(token: string): void {
    this.#openTokens.delete(token);
  }

  #answer(action: string, body: Body) {
    try {
      return reply(200, this.#dispatch(action, body));
    } catch (error) {
      if (error instanceof ServiceError) {
        return reply(400, { __type: error.name, message: error.message });
      }
      throw error;
    }
  }

  #dispatch(action: string, body: Body): object {
    switch (action) {
      case 'StartExecution':
        return this.#start(body);
      case 'DescribeExecution':
        return this.#describe(body.executionArn ?? '');
      default:
        return this.#takeAnswer(action, body);
    }
  }

  #start({ name = '', input = '' }: Body): object {
    const known = this.executions.get(arnOf(name));
    if (known !== undefined && (known.status !== 'RUNNING' || known.input !== input)) {
      throw new ServiceError('ExecutionAlreadyExists');
    }
    const { executionArn, startDate } = known ?? this.run(name, JSON.parse(input));
    if (this.instant) {
      this.end(name, { status: 'SUCCEEDED', output: input });
    }
    return { executionArn, startDate };
  }

  #describe(arn: string): object {
    const execution = this.executions.get(arn);
    if (execution === undefined || this.unseen-- > 0) {
      throw new ServiceError('ExecutionDoesNotExist');
    }
    return { ...execution, ...(execution.status === 'RUNNING' ? {} : { stopDate: this.nowSeconds + 5 }) };
  }

  #takeAnswer(action: string, { taskToken: token = '', ...said }: Body): object {
    if (!this.#openTokens.has(token)) {
      throw new ServiceError('TaskTimedOut');
    }
    if (action !== 'SendTaskHeartbeat') {
      this.#openTokens.delete(token);
    }
    this.answers.push({ action, token, ...said });
    return {};
  }
}

const reply = (statusCode: number, body: object) => ({
  response: {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.from(JSON.stringify(body)),
  },
});
