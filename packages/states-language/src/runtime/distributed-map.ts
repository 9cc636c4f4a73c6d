import { ErrorName, runtimeError, StateFailure } from '../failures';
import type { ChildInput, MapRunRequest, ReadItems } from '../host';
import type { DataExchange, DistributedMap, MapState } from '../program/program';
import type { JsonValue } from '../values/json';
import { isObject } from '../values/json';
import type { ActiveState, Branch, MapItem } from './branch';
import { batchItems } from './map-batches';
import { itemsOf, selectItem, stateItems } from './map-items';
import { readMaxConcurrency } from './max-concurrency';
import type { Runtime, TaskSignal } from './runtime';
import type { StateScope } from './state-scope';
import { Mailbox, receive, type Steps, settled } from './suspension';
import { readToleratedFailures } from './tolerated-failures';
import { mapRunWork, readingWork, redriveWork, type Work } from './work';

/** What the iterations of a Map gave, and the event of it. */
export interface MapResult {
  readonly result: JsonValue;
  readonly resultEventId: number;
}

/**
 * One attempt at a distributed Map. Reading, the child executions and writing are the host's; this makes the inputs of
 * the children, and the events.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function* runDistributed(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: MapState,
  map: DistributedMap,
  scope: StateScope,
): Steps<MapResult> {
  if (active.redriven && active.mapRun !== undefined) {
    const output = yield* redrive(runtime, branch, active, active.mapRun);
    return succeeded(runtime, branch, active, output);
  }
  active.redriven = false;
  const own = map.itemReader === undefined ? yield* stateItems(state, scope) : undefined;
  const maxConcurrency = yield* readMaxConcurrency(runtime, branch, active, state);
  runtime.emit(branch, 'MapStateStarted', { mapStateStartedEventDetails: { length: own?.length ?? 0 } });
  const tolerated = yield* readToleratedFailures(state, scope);
  const label = map.label ?? runtime.uuid();
  const itemReader = yield* exchanged(map.itemReader, scope);
  const resultWriter = yield* exchanged(map.resultWriter, scope);
  const request: MapRunRequest = {
    mapRunArn: mapRunArn(runtime, label),
    executionArn: runtime.context.execution.id,
    stateName: state.name,
    label,
    program: map.program,
    maxConcurrency,
    ...tolerated,
    ...(itemReader?.resource === undefined ? {} : { itemReader: { ...itemReader, resource: itemReader.resource } }),
    ...(resultWriter === undefined ? {} : { resultWriter }),
  };
  const { mapRuns } = runtime;
  if (mapRuns === undefined) {
    throw runtimeError('Nothing runs distributed Maps here: the host has no mapRuns');
  }
  runtime.emit(branch, 'MapRunStarted', { mapRunStartedEventDetails: { mapRunArn: request.mapRunArn } });
  const items = own ?? itemsOf((yield* work(runtime, branch, readingWork(request))) as unknown as ReadItems[]);
  let children: readonly ChildInput[];
  try {
    children = yield* childInputs(state, map, items, scope);
  } catch (error) {
    mapRuns.fail(request.mapRunArn);
    throw error;
  }
  active.mapRun = { arn: request.mapRunArn, redriveCount: 0 };
  const output = yield* work(runtime, branch, mapRunWork(request, children));
  return succeeded(runtime, branch, active, output);
}

/** `ItemSelector` makes each item, and `ItemBatcher` puts the results together. */
function* childInputs(
  state: MapState,
  { itemBatcher }: DistributedMap,
  items: readonly MapItem[],
  scope: StateScope,
): Steps<readonly ChildInput[]> {
  const selected: JsonValue[] = [];
  for (const item of items) {
    selected.push(yield* selectItem(state, item, scope));
  }
  return itemBatcher === undefined
    ? selected.map((value) => ({ input: JSON.stringify(value), itemCount: 1 }))
    : yield* batchItems(itemBatcher, selected, scope);
}

function* redrive(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  mapRun: { readonly arn: string; redriveCount: number },
): Steps<JsonValue> {
  active.redriven = false;
  mapRun.redriveCount += 1;
  runtime.emit(branch, 'MapRunRedriven', {
    mapRunRedrivenEventDetails: { mapRunArn: mapRun.arn, redriveCount: mapRun.redriveCount },
  });
  return yield* work(runtime, branch, redriveWork(mapRun.arn));
}

/** Waits for the host's report. A failure is the Map Run's. */
function* work(runtime: Runtime, branch: Branch, given: Work): Steps<JsonValue> {
  const mailbox = new Mailbox<TaskSignal>(branch);
  const before = branch.lastEventId;
  const handle = runtime.mapRuns?.start(given, mailbox);
  if (handle === undefined) {
    throw new Error('A Map Run is under way where nothing runs them');
  }
  branch.waitingFor = handle;
  const report = yield* receive(mailbox);
  branch.waitingFor = undefined;
  handle.close();
  if (report.kind === 'succeeded') {
    return report.output;
  }
  const { error = ErrorName.RUNTIME, cause = '' } = report.kind === 'failed' ? report : {};
  branch.lastEventId = before;
  runtime.emit(branch, 'MapRunFailed', { mapRunFailedEventDetails: { error, cause } });
  throw new StateFailure(error, cause);
}

function succeeded(runtime: Runtime, branch: Branch, active: ActiveState, result: JsonValue): MapResult {
  const mapRunSucceededId = runtime.emit(branch, 'MapRunSucceeded');
  const resultEventId = runtime.emit(branch, 'MapStateSucceeded', {});
  branch.lastEventId = exitPredecessor(active, mapRunSucceededId);
  return { result, resultEventId };
}

/** As recorded: a distributed Map that the machine starts with names `MapRunSucceeded`, any other `MapRunStarted`. */
function exitPredecessor(active: ActiveState, mapRunSucceededId: number): number {
  return active.cameFromEventId === 0 ? mapRunSucceededId : mapRunSucceededId - 1;
}

function* exchanged(exchange: DataExchange | undefined, scope: StateScope) {
  if (exchange === undefined) {
    return undefined;
  }
  const given = exchange.arguments === undefined ? undefined : yield* settled(exchange.arguments(scope));
  const config = yield* settled(exchange.config(scope));
  const maxItems = exchange.maxItems === undefined ? undefined : yield* settled(exchange.maxItems(scope));
  return {
    ...(exchange.resource === undefined ? {} : { resource: exchange.resource }),
    arguments: given ?? {},
    config: {
      ...(isObject(config) ? config : {}),
      ...(maxItems === undefined ? {} : { MaxItems: maxItems }),
    },
  };
}

function mapRunArn(runtime: Runtime, label: string): string {
  const [arn, partition, , region, account] = runtime.context.stateMachine.id.split(':');
  return `${arn}:${partition}:states:${region}:${account}:mapRun:${runtime.context.stateMachine.name}/${label}:${runtime.uuid()}`;
}
