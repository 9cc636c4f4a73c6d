import { MAX_DATA_BYTES } from '@workflows/contract';
import { IdempotentBody } from '@workflows/contract/schemas';
import { HttpProblem, tooLarge } from '@workflows/lambda-commons/problem';
import { canonicalBytes, canonicalHash } from '../canonical-json';
import type { Clock } from '../clock';
import { type Route, temporarilyUnavailable } from '../http/handler';
import { parseIdempotencyKey } from '../http/idempotency-key';
import type { HttpResponse } from '../http/response';
import { type Execution, type Executions, executionArn } from '../workflows/executions';
import { claimKey } from './claim-key';
import type { NamedExecution, NameStore } from './name-store';
import { executionFields, outputField } from './public-execution';

export interface StartIdempotentDependencies {
  readonly names: NameStore;
  readonly executions: Executions;
  readonly stateMachineArn: string;
  readonly clock: Clock;
  readonly retentionDays: number;
}

/**
 * An execution that started at least this long before its name was reserved was not started by the request that reserved
 * it. A shorter difference can be clock skew.
 */
const CLOCK_SKEW_MS = 5000;

/**
 * `POST /workflow`: starts one execution per name, also for repeated and concurrent requests.
 *
 * | name's record | execution | answer |
 * | --- | --- | --- |
 * | none | none | started: 201 `New execution` |
 * | equal input, execution not recorded | none (the request that reserved the name crashed) | started: 201 for exactly one request |
 * | equal input, execution not recorded | started by a concurrent request | 201 for exactly one request, 200 for all others |
 * | equal input, execution recorded | running | 200 `Detected repeated execution` |
 * | equal input, execution recorded | ended | 200 `Detected repeated execution`, with its output |
 * | different input | any | 409 |
 * | none | started without this API, equal input | 200 `Detected repeated execution` |
 * | none | started without this API, different input | 409; the record is corrected |
 * | expired | deleted by AWS | started: 201 |
 *
 * All requests with the same `Idempotency-Key` are treated as one request: if it was answered 201, repeated requests are
 * also answered 201. The same key with a different payload is answered 422, regardless of the record of the name.
 *
 * Two conditional writes enclose an idempotent start: the first reserves the name for one input, the second records the
 * execution and thereby decides which request is answered 201. If a request crashes between them, the next request
 * starts the execution and is answered 201.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export const startIdempotent =
  (dependencies: StartIdempotentDependencies): Route =>
  async (request) => {
    const body = request.json(IdempotentBody);
    const { name, input } = body;
    request.note({ workflowId: name });
    if (canonicalBytes(input) > MAX_DATA_BYTES) {
      throw tooLarge('The field "input"', MAX_DATA_BYTES);
    }
    const inputHash = canonicalHash(input);
    const { names } = dependencies;
    const retentionSeconds = dependencies.retentionDays * 86_400;
    const key = parseIdempotencyKey(request.header('idempotency-key'));
    const caller = key === undefined ? request.requestId : await claimKey(names, key, body, retentionSeconds);
    await names.reserve(name, inputHash, retentionSeconds);
    const record = await names.get(name);
    if (record === undefined) {
      throw temporarilyUnavailable('The earlier record of this name has just expired. Send the same request again.');
    }
    if (record.inputHash !== inputHash) {
      throw nameAlreadyUsed();
    }
    if (record.executionArn === undefined) {
      return start(dependencies, body, { inputHash, reservedAt: record.createdAt, caller });
    }
    const execution = { executionArn: record.executionArn, startDate: record.startDate ?? record.createdAt };
    return record.announcedTo === caller
      ? { ...isNew(name, execution), headers: { 'Idempotent-Replayed': 'true' } }
      : repeated(dependencies, name, execution);
  };

interface Reservation {
  readonly inputHash: string;
  /** ISO 8601. */
  readonly reservedAt: string;
  /** The request, or the key that several requests share. */
  readonly caller: string;
}

async function start(
  dependencies: StartIdempotentDependencies,
  { name, input }: IdempotentBody,
  { inputHash, reservedAt, caller }: Reservation,
): Promise<HttpResponse> {
  const { executions, names, stateMachineArn } = dependencies;
  const started = await executions.start(stateMachineArn, name, input);
  if (started.kind === 'different') {
    const actualHash = canonicalHash(JSON.parse(started.execution.input ?? 'null'));
    await names.correct(name, inputHash, actualHash, namedExecution(started.execution));
    throw nameAlreadyUsed();
  }
  const execution = namedExecution(started.kind === 'accepted' ? started : started.execution);
  const first = await announceOrRecognise(dependencies, name, inputHash, execution, caller);
  const older = Date.parse(execution.startDate) < Date.parse(reservedAt) - CLOCK_SKEW_MS;
  if (!first || older) {
    return repeated(dependencies, name, execution);
  }
  return isNew(name, execution);
}

const isNew = (name: string, execution: NamedExecution): HttpResponse => ({
  status: 201,
  body: { message: 'New execution', name, ...execution, status: 'RUNNING' },
});

/** The SDK repeats a write whose response was lost. The condition then rejects it, but the request recognizes its own write. */
async function announceOrRecognise(
  { names }: StartIdempotentDependencies,
  name: string,
  inputHash: string,
  execution: NamedExecution,
  caller: string,
): Promise<boolean> {
  if (await names.announce(name, inputHash, execution, caller)) {
    return true;
  }
  return (await names.get(name))?.announcedTo === caller;
}

async function repeated(
  { executions, stateMachineArn }: StartIdempotentDependencies,
  name: string,
  known: NamedExecution,
): Promise<HttpResponse> {
  const execution = await executions.describe(executionArn(stateMachineArn, name));
  const fields = execution === undefined ? { ...known, status: 'RUNNING' } : executionFields(execution);
  return {
    status: 200,
    body: { message: 'Detected repeated execution', name, ...fields, ...outputField(execution) },
  };
}

const namedExecution = ({
  executionArn: arn,
  startDate,
}: Pick<Execution, 'executionArn' | 'startDate'>): NamedExecution => ({
  executionArn: arn,
  startDate: startDate.toISOString(),
});

const nameAlreadyUsed = (): HttpProblem =>
  new HttpProblem(
    'name-already-used',
    'An execution with this name was already started with different input. Choose another name.',
    {
      errors: [{ pointer: '#/name', field: 'name', detail: 'was already used with different input' }],
    },
  );
