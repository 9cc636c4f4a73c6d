import { AutoAdvancingClock, type StatusNotice } from '@workflows/local-cloud';
import {
  applyStack,
  arnOf,
  type Cloud,
  EventBus,
  EventSourceMappings,
  Iam,
  type Outputs,
  publishStatusChanges,
  readStacks,
  SnsService,
  SqsService,
  type Stack,
  StepFunctionsService,
} from '@workflows/local-cloud/services';
import { Random } from '../random';
import { FaultPlan } from '../schedule/faults';
import type { Schedule } from '../schedule/schedule';
import { SimulatedApis } from './simulated-apis';
import { SimulatedFunctions, type SimulatedFunctionsOptions } from './simulated-functions';
import { Tables, type TableWrite } from './tables';
import { Timeline } from './timeline';
import { Wire } from './wire';

/** Receives what happens in a run. */
export interface Observer {
  onWrite(write: TableWrite): void;
  onLog(source: string, text: string): void;
  onStatus(notice: StatusNotice): void;
  onDenied(message: string): void;
  onEventLost(functionName: string, payload: string): void;
  /** Answers the requests of functions to anything but AWS. */
  fetch: SimulatedFunctionsOptions['fetch'];
}

export interface WorldOptions {
  /** Where the synthesized stacks are. */
  readonly outDir: string;
  /** Code to run in place of what is deployed, by the function's name in the contract. */
  readonly replacedCode?: ReadonlyMap<string, string>;
  /** Changes a stack before its resources are created. */
  readonly editStack?: (stack: Stack) => Stack;
}

/** Every run begins at midnight, so that it does not depend on when it takes place. */
const START_MS = Date.parse('2026-01-01T00:00:00Z');
/** More than one run starts, and few enough to be rebuilt quickly after a restart. */
const RETAINED_EXECUTIONS = 100;
const SLOT_MS = 30 * 24 * 3600 * 1000;

/**
 * The simulation environment: the deployed stacks and everything around them, in one process and in virtual time. One
 * run at a time.
 */
export class World {
  readonly clock: AutoAdvancingClock;
  readonly timeline: Timeline;
  faults = new FaultPlan([]);
  #run = 0;

  readonly #functions: SimulatedFunctions;
  readonly #wire: Wire;
  readonly #shared: Shared;

  private constructor(
    readonly outputs: Outputs,
    readonly stepFunctions: StepFunctionsService,
    readonly tables: Tables,
    readonly apis: SimulatedApis,
    functions: SimulatedFunctions,
    wire: Wire,
    shared: Shared,
  ) {
    this.#functions = functions;
    this.#wire = wire;
    this.#shared = shared;

    this.clock = shared.clock;
    this.timeline = shared.timeline;
  }

  static async create({
    editStack = (stack) => stack,
    outDir,
    replacedCode = new Map(),
  }: WorldOptions): Promise<World> {
    const shared = new Shared();
    const { clock, timeline } = shared;
    const stacks = readStacks(outDir).map(editStack);
    const region = stacks[0]?.region ?? 'us-east-1';
    const iam = new Iam();
    const logs = {
      write: (name: string, text: string) => shared.observer?.onLog(name, text),
      close: async () => undefined,
    };
    const tables = new Tables(region, iam, (write) => shared.observer?.onWrite(write));
    const wire = new Wire({
      clock,
      timeline,
      authorizer: iam,
      get services() {
        return [tables, stepFunctions];
      },
      onDenied: (message) => shared.observer?.onDenied(message),
    });
    const functions = new SimulatedFunctions({
      region,
      clock,
      timeline,
      replacedCode,
      authorize: (principal, arn) => iam.authorize(principal, 'lambda:InvokeFunction', arn),
      credentialsFor: (roleArn, name) => iam.issueCredentials(roleArn, name),
      functionArn: (name) => arnOf('lambda', region, `function:${name}`),
      send: wire.send,
      fetch: (invocation, ...request) => {
        if (shared.observer === undefined) {
          throw new Error('no run is under way');
        }
        return shared.observer.fetch(invocation, ...request);
      },
      log: (name, text) => shared.observer?.onLog(name, text),
      uniqueId: (random) => shared.uniqueId(random),
      onEventLost: (name, payload) => shared.observer?.onEventLost(name, payload),
    });
    const stepFunctions = new StepFunctionsService({
      clock,
      authorizer: iam,
      functions,
      services: [tables],
      region,
      random: () => shared.random.number(),
      journals: true,
      retainedExecutions: RETAINED_EXECUTIONS,
    });
    stepFunctions.events.on('status', (notice) => shared.observer?.onStatus(notice));
    const onFailed = (problem: string): void => shared.observer?.onDenied(problem);
    const sqs = new SqsService({ region, clock, authorizer: iam, endpoint: () => undefined });
    const bus = new EventBus(region, { functions, sqs, stepFunctions, clock }, onFailed);
    publishStatusChanges(stepFunctions, bus);
    const apis = new SimulatedApis({
      region,
      functions,
      clock,
      logs,
      authorizer: iam,
      developerKeys: [],
      onRequest: () => undefined,
    });
    const sns = new SnsService({ region, clock, authorizer: iam, functions, sqs, onUndelivered: onFailed });
    const eventSources = new EventSourceMappings({ region, clock, functions, sqs, authorizer: iam, onFailed });
    const cloud: Cloud = {
      region,
      clock,
      iam,
      functions,
      dynamoDb: tables,
      stepFunctions,
      sqs,
      sns,
      eventSources,
      bus,
      apis,
    };
    const outputs: Outputs = {};
    for (const stack of stacks) {
      outputs[stack.name] = await applyStack(stack, cloud);
    }
    return new World(outputs, stepFunctions, tables, apis, functions, wire, shared);
  }

  /** Resets everything to its initial state, and begins a run. */
  async begin(schedule: Schedule, observer: Observer): Promise<void> {
    const clock = this.clock;
    const shared = this.#shared;
    const slot = Math.floor((clock.now() - START_MS) / SLOT_MS) + 1;
    await clock.sleep(START_MS + slot * SLOT_MS - clock.now());
    this.faults = new FaultPlan(schedule.faults);
    this.tables.clear();
    this.#functions.begin(schedule.seed, this.faults);
    this.#wire.begin(this.faults, schedule.outages);
    this.timeline.start(clock.now());
    shared.begin(++this.#run, schedule.seed, observer);
    for (const { atMs, of } of schedule.outages) {
      if (of === 'restart-functions') {
        clock.schedule(clock.now() + atMs, () => this.#restartFunctions());
      }
      if (of === 'restart-states') {
        clock.schedule(clock.now() + atMs, () => this.#restartStepFunctions());
      }
    }
  }

  /** Every process that runs functions dies at once. */
  #restartFunctions(): void {
    this.faults.count('restart-functions');
    this.timeline.add(this.clock.now(), 'fault', 'every function process is killed');
    this.#functions.restart();
  }

  /** Step Functions loses its calls in flight, and continues from its journals. */
  #restartStepFunctions(): void {
    this.faults.count('restart-states');
    this.timeline.add(this.clock.now(), 'fault', 'Step Functions is killed, and started again');
    void this.clock.hold(this.stepFunctions.restart());
  }

  /** No fault is applied from now on. */
  calm(): void {
    this.faults.end();
    this.#wire.begin(this.faults, []);
  }

  end(): void {
    this.#shared.observer = undefined;
  }

  uniqueId(random: Random): string {
    return this.#shared.uniqueId(random);
  }

  async close(): Promise<void> {
    await this.stepFunctions.close();
    await this.#functions.close();
  }
}

/** What the parts of a world share, including what changes from run to run. */
class Shared {
  readonly clock = new AutoAdvancingClock({ startMs: START_MS, tracksWork: false });
  readonly timeline = new Timeline();
  observer: Observer | undefined;
  random = new Random(0);
  #run = 0;

  begin(run: number, seed: number, observer: Observer): void {
    this.#run = run;
    this.random = new Random(seed, 'state machines');
    this.observer = observer;
  }

  /** A UUID that is new in this world: a schedule may run in it twice, and the name of an execution is used once. */
  uniqueId(random: Random): string {
    const hex = random.bytes(16).toString('hex');
    const run = this.#run.toString(16).padStart(8, '0');
    return `${run}-${hex.slice(0, 4)}-4${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
  }
}
