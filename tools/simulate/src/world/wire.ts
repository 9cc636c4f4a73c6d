import type { AutoAdvancingClock } from '@workflows/local-cloud';
import type { Authorizer, AwsResponse, AwsService } from '@workflows/local-cloud/services';
import type { CallFault, Fault, FaultPlan, Outage } from '../schedule/faults';
import type { WireAnswer, WireRequest } from './https-shim';
import type { Invocation } from './invocation';
import type { Timeline } from './timeline';

export interface WireOptions {
  readonly clock: AutoAdvancingClock;
  readonly timeline: Timeline;
  readonly authorizer: Authorizer;
  readonly services: readonly AwsService[];
  /** A role did what its policies do not allow. */
  readonly onDenied: (message: string) => void;
}

/** How old the answer of an eventually consistent read may be. */
const STALE_MS = 1000;

const never = (): Promise<never> => new Promise(() => undefined);

/** The network between functions and AWS: carries each request to its service, and applies the schedule's faults. */
export class Wire {
  #faults: FaultPlan | undefined;
  #outages: readonly Outage[] = [];
  #startMs = 0;

  readonly #options: WireOptions;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  begin(faults: FaultPlan, outages: readonly Outage[]): void {
    this.#faults = faults;
    this.#outages = outages;
    this.#startMs = this.#options.clock.now();
  }

  readonly send = async (invocation: Invocation, request: WireRequest): Promise<WireAnswer> => {
    if (invocation.isStopped) {
      return never();
    }
    const { clock, timeline } = this.#options;
    const operation = (request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
    const fault = this.#faultOf(invocation, request.host);
    if (fault !== undefined) {
      invocation.hasMetFault = true;
      this.#faults?.count(fault.kind);
      timeline.add(clock.now(), 'fault', `${fault.kind}: ${operation} by ${invocation.functionName}`);
    }
    const answered = await this.#carry(invocation, request, operation, fault);
    return invocation.isStopped ? never() : answered;
  };

  async #carry(
    invocation: Invocation,
    request: WireRequest,
    operation: string,
    fault: Fault | undefined,
  ): Promise<WireAnswer> {
    const { clock } = this.#options;
    const { random } = invocation;
    const kind = fault?.kind as CallFault | undefined;
    await clock.sleep(kind === 'late' || kind === 'slow' ? (fault?.ms ?? 0) : random.delayMs(1, 40));
    if (kind === 'refuse') {
      throw connectionReset();
    }
    if (kind === 'lose-request') {
      return never();
    }
    if (kind === 'throttle') {
      return throttled(operation);
    }
    if (kind === 'fail') {
      return failed();
    }
    if (kind === 'crash-before') {
      invocation.crash();
    }
    if (kind === 'hang-before') {
      invocation.freeze();
    }
    if (kind === 'crash-before' || kind === 'hang-before') {
      return never();
    }
    const response = await this.#apply(invocation, request, operation, kind === 'stale');
    if (kind === 'crash-after') {
      invocation.crash();
    }
    if (kind === 'hang-after') {
      invocation.freeze();
    }
    await clock.sleep(random.delayMs(1, 40));
    if (kind === 'lose-answer') {
      return never();
    }
    if (kind === 'reset-after') {
      throw connectionReset();
    }
    return kind === 'fail-after' ? failed() : response;
  }

  async #apply(invocation: Invocation, request: WireRequest, operation: string, stale: boolean): Promise<WireAnswer> {
    const { authorizer, clock, onDenied, services, timeline } = this.#options;
    const accessKeyId = /Credential=([^/,\s]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const awsRequest = { ...request, query: new URLSearchParams(), principal: authorizer.principalOf(accessKeyId) };
    const service = services.find((it) => it.serves(awsRequest));
    if (service === undefined || awsRequest.principal === undefined) {
      throw new Error(`${invocation.functionName} asked ${request.host} for ${operation}, which is not simulated`);
    }
    const response = await service.handle(awsRequest);
    const errorType =
      response.status === 200 ? undefined : String(JSON.parse(String(response.body)).__type).replace(/^.*#/, '');
    timeline.add(clock.now(), invocation.functionName, `${operation} → ${errorType ?? response.status}`);
    if (errorType === 'AccessDeniedException') {
      onDenied(String(response.body));
    }
    return stale && operation === 'DescribeExecution' ? asOf(response, clock.now() - STALE_MS) : response;
  }

  #faultOf(invocation: Invocation, host: string): Fault | undefined {
    const planned = this.#faults?.next(`call:${invocation.functionName}`);
    const sinceMs = this.#options.clock.now() - this.#startMs;
    const service = host.split('.')[0];
    const isDown = this.#outages.some(
      ({ atMs, forMs, of }) => of === service && sinceMs >= atMs && sinceMs < atMs + forMs,
    );
    return isDown ? { at: '', nth: 0, kind: 'fail', ms: 0 } : planned;
  }
}

function connectionReset(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

function failed(): WireAnswer {
  return problem(500, 'InternalServerError', 'Internal server error');
}

/** Each service has its own error for it. */
function throttled(operation: string): WireAnswer {
  const isTable = operation.endsWith('Item');
  return problem(400, isTable ? 'ProvisionedThroughputExceededException' : 'ThrottlingException', 'Rate exceeded');
}

function problem(status: number, type: string, message: string): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ __type: type, message }),
  };
}

/** What `DescribeExecution` may still have answered. */
function asOf(response: AwsResponse, atMs: number): WireAnswer {
  if (response.status !== 200) {
    return response;
  }
  const described = JSON.parse(String(response.body)) as { startDate: number; stopDate?: number; redriveDate?: number };
  if (described.startDate * 1000 > atMs) {
    return problem(400, 'ExecutionDoesNotExist', 'Execution Does Not Exist');
  }
  if (described.redriveDate !== undefined || (described.stopDate ?? 0) * 1000 <= atMs) {
    return response;
  }
  const {
    stopDate: _stop,
    error: _error,
    cause: _cause,
    output: _output,
    ...before
  } = described as Record<string, unknown>;
  return { ...response, body: JSON.stringify({ ...before, status: 'RUNNING' }) };
}
