import type { JsonValue, ResultWriterRequest } from '@workflows/states-language';
import type { ObjectStore } from '../objects';
import { type ChildResult, exported } from './child-result';
import type { AuthorizeAccess } from './item-reader';

/** What a Map Run has to write. */
export interface Results {
  readonly mapRunArn: string;
  readonly stateMachineArn: string;
  /** By child; `undefined` where none has ended. */
  readonly ends: readonly (ChildResult | undefined)[];
  /** JSON texts. */
  readonly inputs: readonly string[];
}

const PUT_OBJECT = 'arn:aws:states:::s3:putObject';

/**
 * The results as `WriterConfig` wants them in the output of the state, where nothing is written. What failed is shown as
 * a whole: AWS does not transform it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export function transformed(writer: ResultWriterRequest, results: Results): JsonValue {
  const all = results.ends.flatMap((end, index) => (end === undefined ? [] : shown(writer, results, end, index)));
  return writer.config.OutputType === 'JSONL' ? jsonLines(all) : all;
}

/**
 * Writes the results to a bucket, one file for each way that children ended, and a manifest of the files.
 *
 * @returns the output of the state
 * @throws {ObjectStoreError} {AwsError}
 */
export async function writeResults(
  writer: ResultWriterRequest,
  results: Results,
  objects: ObjectStore,
  authorize: AuthorizeAccess,
): Promise<JsonValue> {
  if (writer.resource !== PUT_OBJECT) {
    throw new Error(`ResultWriter does not support the resource ${writer.resource}. Supported: ${PUT_OBJECT}.`);
  }
  const { bucket, prefix } = destination(writer);
  const folder = `${prefix}${results.mapRunArn.split(':').at(-1)}`;
  const put = async (name: string, body: string): Promise<string> => {
    const key = `${folder}/${name}`;
    authorize('s3:PutObject', `arn:aws:s3:::${bucket}/${key}`);
    await objects.put(bucket, key, body);
    return key;
  };
  const files: Record<string, JsonValue[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  for (const [outcome, entries] of Object.entries(byOutcome(writer, results))) {
    if (entries.length > 0) {
      const body = writer.config.OutputType === 'JSONL' ? jsonLines(entries) : JSON.stringify(entries);
      files[outcome]?.push({ Key: await put(`${outcome}_0.json`, body), Size: Buffer.byteLength(body) });
    }
  }
  const manifest = { DestinationBucket: bucket, MapRunArn: results.mapRunArn, ResultFiles: files };
  const key = await put('manifest.json', JSON.stringify(manifest));
  return { MapRunArn: results.mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: key } };
}

function destination({ arguments: given }: ResultWriterRequest): { bucket: string; prefix: string } {
  const { Bucket: bucket, Prefix: prefix = '' } =
    typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  if (typeof bucket !== 'string' || bucket === '' || typeof prefix !== 'string') {
    throw new Error(`ResultWriter needs a Bucket, and a Prefix that is a text. Received: ${JSON.stringify(given)}`);
  }
  return { bucket, prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
}

function byOutcome(
  writer: ResultWriterRequest,
  results: Results,
): Readonly<Record<'FAILED' | 'PENDING' | 'SUCCEEDED', JsonValue[]>> {
  const entries = { FAILED: [], PENDING: [], SUCCEEDED: [] } as Record<'FAILED' | 'PENDING' | 'SUCCEEDED', JsonValue[]>;
  results.ends.forEach((end, index) => {
    if (end === undefined) {
      entries.PENDING.push({ Input: results.inputs[index] ?? '', InputDetails: { Included: true }, Status: 'PENDING' });
    } else {
      entries[end.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED'].push(...shown(writer, results, end, index));
    }
  });
  return entries;
}

/** One entry; with `FLATTEN`, as many as the child's output has elements. */
function shown({ config }: ResultWriterRequest, results: Results, end: ChildResult, index: number): JsonValue[] {
  const { Transformation: transformation = 'NONE' } = config;
  if (transformation === 'NONE' || end.status !== 'SUCCEEDED' || end.output === undefined) {
    return [exported(end, results.inputs[index] ?? '', results.stateMachineArn)];
  }
  const output: JsonValue = JSON.parse(end.output);
  return transformation === 'FLATTEN' && Array.isArray(output) ? output : [output];
}

const jsonLines = (entries: readonly JsonValue[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
