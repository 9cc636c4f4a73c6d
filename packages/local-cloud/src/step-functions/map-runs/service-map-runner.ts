import { randomUUID } from 'node:crypto';
import {
  type ChildInput,
  type JsonValue,
  MapRun,
  type MapRunListener,
  type MapRunner,
  type MapRunRequest,
  type RunningChild,
  type RunningTask,
  succeededOutputs,
  ToleratedFailureThresholdError,
} from '@workflows/states-language';
import { AwsError, type Principal } from '../../contracts';
import { executionArn, expressExecutionArn, mapStateArn } from '../arns';
import type { ServiceContext } from '../context';
import type { ExecutionRecord } from '../execution-record';
import type { ObjectStore } from '../objects';
import { STATES_ERRORS, serviceFailure } from '../tasks/task-failure';
import { type ChildResult, resultOf } from './child-result';
import { type AuthorizeAccess, readItems } from './item-reader';
import type { MapRunRecord } from './map-run-record';
import { type Results, transformed, writeResults } from './result-writer';

const NO_TASK: RunningTask = { cancel: () => undefined };

interface ServiceMapRunnerOptions {
  readonly context: ServiceContext;
  readonly objects: ObjectStore;
  /** The role of the executions whose Maps are run. */
  readonly principal: Principal;
}

/** Runs the children of distributed Maps as executions of the service. */
export class ServiceMapRunner implements MapRunner {
  readonly #options: ServiceMapRunnerOptions;
  readonly #authorizeAccess: AuthorizeAccess = (action, resource) => this.#authorize(action, resource);

  constructor(options: ServiceMapRunnerOptions) {
    this.#options = options;
  }

  readItems(request: MapRunRequest, listener: MapRunListener): RunningTask {
    const { itemReader } = request;
    return this.#start(request, listener, async (record) => {
      if (itemReader === undefined) {
        throw new MapRunFailure('States.ItemReaderFailed', 'The Map state has no ItemReader.');
      }
      const items = await readItems(itemReader, this.#options.objects, this.#authorizeAccess).catch(
        (error: unknown) => {
          record.run.fail();
          throw new MapRunFailure('States.ItemReaderFailed', messageOf(error));
        },
      );
      return items as unknown as JsonValue;
    });
  }

  run(request: MapRunRequest, children: readonly ChildInput[], listener: MapRunListener): RunningTask {
    return this.#start(request, listener, async (record) => {
      this.#authorizeStart(record);
      return this.#output(record, record.run.run(children));
    });
  }

  redrive(mapRunArn: string, listener: MapRunListener): RunningTask {
    const record = this.#options.context.mapRuns.get(mapRunArn);
    record.redriveCount += 1;
    record.redrivenMs = this.#options.context.clock.now();
    record.stoppedMs = undefined;
    return this.#carryOut(record, listener, () => this.#output(record, record.run.redrive()));
  }

  fail(mapRunArn: string): void {
    // There is none yet where the items have not come from a reader.
    const record = this.#options.context.mapRuns.find(mapRunArn);
    if (record !== undefined) {
      record.run.fail();
      record.stoppedMs = this.#options.context.clock.now();
    }
  }

  #start(
    request: MapRunRequest,
    listener: MapRunListener,
    work: (record: MapRunRecord) => Promise<JsonValue>,
  ): RunningTask {
    const record = this.#options.context.mapRuns.find(request.mapRunArn) ?? this.#create(request);
    return record === undefined ? NO_TASK : this.#carryOut(record, listener, () => work(record));
  }

  #carryOut(record: MapRunRecord, listener: MapRunListener, work: () => Promise<JsonValue>): RunningTask {
    const { clock } = this.#options.context;
    // Not before the interpreter has taken the work into its books.
    void clock.track(Promise.resolve().then(work)).then(
      (output) => {
        if (record.run.status === 'SUCCEEDED') {
          record.run.release();
        }
        listener.succeeded(output);
      },
      (error: unknown) => {
        record.run.fail();
        record.stoppedMs ??= clock.now();
        const { cause, name } = failureOf(error);
        listener.failed(name, cause);
      },
    );
    return {
      cancel: () => {
        record.run.abort();
        record.stoppedMs ??= clock.now();
      },
    };
  }

  /** Waits for the children, and writes what has become of them. */
  async #output(record: MapRunRecord, children: Promise<void>): Promise<JsonValue> {
    const { clock } = this.#options.context;
    const { resultWriter } = record.request;
    const failure = await clock.whileWaiting(
      children.then(
        () => undefined,
        (error: unknown) => error ?? new Error('The Map Run failed'),
      ),
    );
    record.stoppedMs = clock.now();
    const output =
      resultWriter?.resource === undefined
        ? undefined
        : await writeResults(resultWriter, resultsOf(record), this.#options.objects, this.#authorizeAccess).catch(
            (error: unknown) => {
              throw new MapRunFailure('States.ResultWriterFailed', messageOf(error));
            },
          );
    if (failure !== undefined) {
      throw failure;
    }
    if (output !== undefined) {
      return output;
    }
    return resultWriter === undefined
      ? succeededOutputs(record.run.ends)
      : transformed(resultWriter, resultsOf(record));
  }

  /** Starting children is starting executions of the state machine itself. @throws {MapRunFailure} */
  #authorizeStart(record: MapRunRecord): void {
    try {
      this.#authorize('states:StartExecution', record.target.machine.arn);
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      const failure = serviceFailure(error, STATES_ERRORS);
      throw new MapRunFailure(failure.error, failure.cause);
    }
  }

  #create(request: MapRunRequest): MapRunRecord | undefined {
    const { clock, executions, mapRuns } = this.#options.context;
    const parent = executions.running(request.executionArn);
    if (parent === undefined) {
      return undefined;
    }
    const { machine, revision } = parent.target;
    const target = {
      machine,
      revision,
      versionArn: parent.target.versionArn,
      aliasArn: parent.target.aliasArn,
      mapRun: {
        arn: request.mapRunArn,
        label: request.label,
        program: request.program,
        stateMachineArn: mapStateArn(machine.arn, request.label),
      },
    };
    const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = request;
    const record: MapRunRecord = {
      arn: request.mapRunArn,
      executionArn: request.executionArn,
      request,
      run: new MapRun<ChildResult>(
        {
          maxConcurrency,
          ...(toleratedFailureCount === undefined ? {} : { toleratedFailureCount }),
          ...(toleratedFailurePercentage === undefined ? {} : { toleratedFailurePercentage }),
        },
        (child, _index, before) => this.#startChild(record, parent, child, before),
      ),
      target,
      startedMs: clock.now(),
      stoppedMs: undefined,
      redriveCount: 0,
      redrivenMs: undefined,
    };
    mapRuns.add(record);
    return record;
  }

  #authorize(action: string, resource: string): void {
    const { context, principal } = this.#options;
    context.authorizer.authorize(principal, action, resource);
  }

  #startChild(
    { target }: MapRunRecord,
    parent: ExecutionRecord,
    { input, itemCount }: ChildInput,
    before: ChildResult | undefined,
  ): RunningChild<ChildResult> {
    const { at, clock, executions } = this.#options.context;
    const known = before === undefined ? undefined : executions.find(before.executionArn);
    if (known !== undefined) {
      executions.redrive(known);
      return runningChild(known);
    }
    const name = randomUUID();
    const path = `${target.machine.name}/${target.mapRun.label}`;
    const arn =
      target.mapRun.program.type === 'EXPRESS'
        ? expressExecutionArn(at, path, name, randomUUID())
        : executionArn(at, path, name);
    return runningChild(
      executions.start({ arn, name, target, host: parent.host, input, itemCount, startedMs: clock.now() }),
    );
  }
}

function runningChild(record: ExecutionRecord): RunningChild<ChildResult> {
  return { ended: record.ended().then(() => resultOf(record)), stop: () => record.execution.stop() };
}

function resultsOf({ arn, run, target }: MapRunRecord): Results {
  return { mapRunArn: arn, stateMachineArn: target.mapRun.stateMachineArn, ends: run.ends, inputs: run.inputs };
}

/** How a Map Run failed, as Retry and Catch of its state see it. */
class MapRunFailure extends Error {
  constructor(
    override readonly name: string,
    override readonly cause: string,
  ) {
    super(cause);
  }
}

function failureOf(error: unknown): { readonly name: string; readonly cause: string } {
  if (error instanceof MapRunFailure) {
    return error;
  }
  return {
    name: error instanceof ToleratedFailureThresholdError ? error.name : 'States.Runtime',
    cause: messageOf(error),
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
