import type { Definition } from '@workflows/states-language/document';
import { buildModel } from '../history/build-model';
import { toEntry } from '../history/entry';
import type { ExecutionModel } from '../history/model';
import { type Wait, waitsOf } from '../history/waits';
import type { TaskRecord } from '../records/task-record';
import { Redactor } from '../redaction/redactor';
import { tokenFieldsOf } from '../redaction/token-fields';
import { parseExecutionArn } from './arn';
import type { ExecutionDescription, ExecutionReader } from './executions';
import type { TaskReader } from './tasks';

/** One execution as a whole, without tokens. */
export interface LoadedExecution {
  readonly arn: string;
  readonly description: ExecutionDescription;
  readonly definition: Definition;
  readonly model: ExecutionModel;
  readonly waits: readonly Wait[];
  /** For executions of the state machine whose executions are tasks. */
  readonly record?: TaskRecord;
}

export interface ExecutionSources {
  readonly reader: ExecutionReader;
  /** The Tasks table, and the state machine whose executions are its tasks. */
  readonly tasks?: { readonly reader: TaskReader; readonly stateMachineArn: string };
}

/** Reads everything that is known of an execution once. @returns undefined when there is no such execution */
export async function loadExecution(
  arn: string,
  { reader, tasks }: ExecutionSources,
): Promise<LoadedExecution | undefined> {
  const description = await reader.describe(arn);
  if (description === undefined) {
    return undefined;
  }
  const definition = await reader.definitionOf(arn);
  const redactor = new Redactor(tokenFieldsOf(definition));
  const parsed = parseExecutionArn(arn);
  // The record first: it knows the tokens that the history may quote.
  const record =
    tasks !== undefined && parsed?.stateMachineArn === tasks.stateMachineArn
      ? await tasks.reader.record(parsed.name, redactor)
      : undefined;
  const entries = (await reader.history(arn)).map((event) => toEntry(event, redactor));
  const model = buildModel(entries, definition);
  return {
    arn,
    description: redactor.value(description) as ExecutionDescription,
    definition,
    model,
    waits: waitsOf(model, definition),
    ...(record === undefined ? {} : { record }),
  };
}
