import { outputOf } from '@workflows/contract';
import type { StatusNotice } from '@workflows/local-cloud';
import { ApiClient } from '../actors/api-client';
import { Client } from '../actors/client';
import { ExternalService, type ServiceRequest } from '../actors/external-service';
import { checkEverything } from '../invariants/check-everything';
import type { Operation, Schedule } from '../schedule/schedule';
import type { Invocation } from '../world/invocation';
import type { TableWrite } from '../world/tables';
import type { Observer, World } from '../world/world';
import { Evidence, type ExecutionEvidence, type Violation } from './evidence';
import { pass } from './messages';
import { watchNameWrite, watchTaskWrite } from './record-watch';

interface CallExternalPayload {
  readonly attempt: number;
  readonly redriveCount: number;
  readonly taskToken: string;
}

export const EXTERNAL_SERVICE_URL = 'https://service.test/external';

/** Longer than any schedule can take to end: the longest wait, and everything that may be retried after it. */
const MAX_RUN_MS = 5 * 24 * 3600 * 1000;
/** After the last execution has ended, events and requests may still be under way for about an hour. */
const AFTERMATH_MS = 75 * 60 * 1000;

export interface RunResult {
  readonly schedule: Schedule;
  readonly violations: readonly Violation[];
  readonly timeline: readonly string[];
  readonly faults: ReadonlyMap<string, number>;
  /** How executions ended: `SUCCEEDED`, `FAILED States.Timeout`, … */
  readonly outcomes: readonly string[];
  readonly virtualMs: number;
  readonly callbacksAccepted: number;
}

/** Runs one schedule in a world, and checks every guarantee. */
export async function runSchedule(world: World, schedule: Schedule): Promise<RunResult> {
  return await new Run(world, schedule).run();
}

class Run implements Observer {
  readonly evidence = new Evidence();
  readonly #clients: Client[];
  readonly #service: ExternalService;
  readonly #requests = new Map<string, ServiceRequest>();
  readonly #services: ReadonlyMap<string, ReturnType<Client['servicePlans']>[number][1]>;
  readonly #workflowApi: ApiClient;
  #startMs = 0;

  readonly #world: World;
  readonly #schedule: Schedule;

  constructor(world: World, schedule: Schedule) {
    this.#world = world;
    this.#schedule = schedule;

    const { seed } = schedule;
    const workflowUrl = String(outputOf(world.outputs, 'workflowApi'));
    const idempotentUrl = String(outputOf(world.outputs, 'idempotentApi'));
    this.#workflowApi = new ApiClient(world, this.evidence, workflowUrl, seed);
    const idempotentApi = new ApiClient(world, this.evidence, idempotentUrl, seed);
    const nonce = idempotentApi.newRequestId().slice(0, 13);
    this.#clients = schedule.plans.map(
      (plan, index) =>
        new Client(world, this.evidence, plan.kind === 'name' ? idempotentApi : this.#workflowApi, index, plan, nonce),
    );
    this.#services = new Map(this.#clients.flatMap((client) => client.servicePlans()));
    this.#service = new ExternalService(world, this.evidence, this.#workflowApi, (name) => this.#services.get(name));
  }

  async run(): Promise<RunResult> {
    const { clock, faults, timeline } = await this.#begin();
    await Promise.all([
      ...this.#clients.map((client) => client.act()),
      ...this.#schedule.plans.map((plan, index) => this.#operate(index, plan.operations)),
    ]);
    await this.#untilQuiet();
    this.#world.calm();
    timeline.add(clock.now(), '', 'everything has ended; the checks follow');
    await this.#describeAll();
    const world = this.#world;
    this.evidence.records = { tasks: this.#itemsOf('task'), names: this.#itemsOf('idempotency') };
    await checkEverything({
      world,
      schedule: this.#schedule,
      evidence: this.evidence,
      clients: this.#clients,
      service: this.#service,
      api: this.#workflowApi,
      requests: this.#requests,
    });
    world.end();
    return {
      schedule: this.#schedule,
      violations: this.evidence.violations,
      timeline: timeline.lines,
      faults: faults.applied,
      outcomes: [...this.evidence.executions.values()].map(({ error, status }) =>
        error === undefined ? status : `${status} ${error}`,
      ),
      virtualMs: clock.now() - this.#startMs,
      callbacksAccepted: this.evidence.callbacks.filter(({ answer }) => answer.status < 300).length,
    };
  }

  onWrite(write: TableWrite): void {
    const isTask = 'taskId' in write.after;
    if (isTask) {
      watchTaskWrite(this.evidence, write, this.#world.clock.now());
    } else {
      watchNameWrite(this.evidence, write);
    }
  }

  onLog(_source: string, text: string): void {
    this.evidence.log += text;
  }

  onDenied(message: string): void {
    this.evidence.violate('least-privilege', message);
  }

  onEventLost(functionName: string, payload: string): void {
    const { detail } = JSON.parse(payload) as { detail: { name: string } };
    this.#world.timeline.add(this.#world.clock.now(), functionName, `gives up the event of ${detail.name}`);
    this.evidence.lostEvents.add(detail.name);
  }

  onStatus(notice: StatusNotice): void {
    const { executionArn, name, stateMachineArn, status } = notice;
    const { clock, timeline } = this.#world;
    timeline.add(
      clock.now(),
      stateMachineArn.replace(/^.*:/, ''),
      `${name} is ${status}${notice.error === undefined ? '' : ` ${notice.error}`}`,
    );
    const known = this.evidence.executions.get(executionArn);
    if (known !== undefined) {
      known.status = status;
    } else {
      void this.#discover(executionArn);
    }
  }

  fetch = async (invocation: Invocation, url: unknown, init?: RequestInit): Promise<Response> => {
    if (String(url) !== EXTERNAL_SERVICE_URL) {
      throw new Error(`a function called ${String(url)}`);
    }
    const text = String(init?.body);
    const request = JSON.parse(text) as ServiceRequest;
    if (/V0ZU[\w-]{60}/.test(text + JSON.stringify(init?.headers))) {
      this.evidence.violate('tokens-secret', `a task token was sent to the external service for ${request.id}`);
    }
    const status = await Promise.race([
      this.#aborted(init?.signal),
      pass(this.#world, 'to-service', () => this.#toService(request, invocation)),
    ]);
    // Nobody answers: only the function's own timeout ends this.
    return status === undefined ? await this.#aborted(init?.signal) : new Response(null, { status });
  };

  async #begin(): Promise<World> {
    await this.#world.begin(this.#schedule, this);
    this.#startMs = this.#world.clock.now();
    return this.#world;
  }

  #aborted(signal: AbortSignal | null | undefined): Promise<never> {
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  }

  /** The request arrives. What it says must be in the table by now, or its callback would find nothing. */
  async #toService(request: ServiceRequest, { payload }: Invocation): Promise<number> {
    const evidence = this.evidence;
    const world = this.#world;
    await world.clock.sleep(10);
    const { attempt, redriveCount, taskToken } = JSON.parse(payload) as CallExternalPayload;
    const stored = this.#itemsOf('task').find((item) => item.taskId?.S === request.id);
    if (stored?.resumeToken?.S !== request.resumeToken || stored.taskToken === undefined) {
      evidence.violate(
        'mapping-first',
        `the external service was called for ${request.id} before its record had both tokens`,
      );
    }
    const isLatest = Number(stored?.attempt?.N) === attempt && Number(stored?.redriveCount?.N) === redriveCount;
    if (isLatest && stored?.taskToken?.S !== taskToken) {
      evidence.violate('retry-keeps-token', `attempt ${attempt} of ${request.id} did not replace the task token`);
    }
    const before = this.#requests.get(request.id);
    if (before !== undefined && before.resumeToken !== request.resumeToken) {
      evidence.violate('retry-keeps-token', `the external service received a different resume token for ${request.id}`);
    }
    this.#requests.set(request.id, request);
    return this.#service.receive(request);
  }

  /** Stops and redrives the executions of a plan, if there are any yet. */
  async #operate(index: number, operations: readonly Operation[]): Promise<void> {
    const { clock, faults, stepFunctions, timeline } = this.#world;
    await Promise.all(
      operations.map(async ({ atMs, child, what }) => {
        await clock.sleep(atMs);
        const plan = child === undefined ? String(index) : `${index}-${child}`;
        for (const { arn } of [...this.evidence.executions.values()].filter((it) => it.plan === plan)) {
          const done = await stepFunctions
            .call(what === 'stop' ? 'StopExecution' : 'RedriveExecution', { executionArn: arn })
            .then(
              () => 'done',
              (error: Error) => error.message,
            );
          timeline.add(clock.now(), 'operator', `${what} ${arn.replace(/^.*:/, '')}: ${done}`);
          if (done !== 'done') {
            continue;
          }
          faults.count(what);
          if (what === 'stop') {
            this.evidence.stopped.add(arn);
          }
        }
      }),
    );
  }

  async #discover(executionArn: string): Promise<void> {
    const {
      input = '{}',
      name,
      stateMachineArn,
    } = await this.#world.stepFunctions.call('DescribeExecution', { executionArn });
    const evidence: ExecutionEvidence = {
      arn: executionArn,
      name,
      machine: stateMachineArn.replace(/^.*:/, ''),
      plan: planOf(JSON.parse(input)),
      input,
      status: 'RUNNING',
      redriveCount: 0,
    };
    this.evidence.executions.set(executionArn, evidence);
  }

  async #untilQuiet(): Promise<void> {
    const { clock } = this.#world;
    const isRunning = () => [...this.evidence.executions.values()].some(({ status }) => status === 'RUNNING');
    const untilMs = this.#startMs + MAX_RUN_MS;
    let stepMs = 1000;
    for (;;) {
      await Promise.all(this.#service.work.splice(0));
      while (isRunning() && clock.now() < untilMs) {
        await clock.sleep(stepMs);
        stepMs = Math.min(stepMs * 2, 3600_000);
      }
      await clock.sleep(AFTERMATH_MS);
      if ((!isRunning() && this.#service.work.length === 0) || clock.now() >= untilMs) {
        return;
      }
    }
  }

  async #describeAll(): Promise<void> {
    for (const execution of this.evidence.executions.values()) {
      const described = await this.#world.stepFunctions.call('DescribeExecution', { executionArn: execution.arn });
      const { cause, error, output, redriveCount = 0, status, stopDate } = described;
      Object.assign(execution, {
        status,
        output,
        error,
        cause,
        redriveCount,
        ...(stopDate === undefined ? {} : { stopMs: stopDate * 1000 }),
      });
    }
  }

  #itemsOf(kind: 'task' | 'idempotency') {
    return this.#world.tables.all().filter((item) => 'taskId' in item === (kind === 'task'));
  }
}

/** Which plan an execution's input belongs to. */
function planOf(input: {
  readonly input?: { readonly name?: string };
  readonly name?: string;
  readonly names?: readonly string[];
}): string {
  const [first] = input.names ?? [];
  const name = input.input?.name ?? input.name ?? first?.replace(/-\d+$/, '') ?? '';
  return name.replace(/^plan-/, '');
}
