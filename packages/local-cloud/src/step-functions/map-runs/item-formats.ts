import type { JsonValue } from '@workflows/states-language';
import { parse } from 'csv-parse/sync';

/** `ReaderConfig`, as far as the content of one object is read by it. */
export interface FormatConfig {
  readonly inputType: string | undefined;
  readonly csvDelimiter: string | undefined;
  readonly csvHeaderLocation: string | undefined;
  readonly csvHeaders: readonly string[] | undefined;
  readonly itemsPointer: string | undefined;
}

type Items = JsonValue[] | { [key: string]: JsonValue };

/** The content of an object is not what `ReaderConfig` says it is. */
export class ItemFormatError extends Error {
  override readonly name = 'ItemFormatError';
}

const DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/**
 * The items of one object.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 * @throws {ItemFormatError}
 */
export function itemsIn(content: string, key: string, config: FormatConfig): Items {
  switch (config.inputType) {
    case 'CSV':
      return rows(content, config);
    case 'JSONL':
      return lines(content, key);
    case 'JSON':
      return pointed(parseJson(content, key), key, config.itemsPointer);
    case 'PARQUET':
      throw new ItemFormatError('The InputType PARQUET is not supported by this runtime. Supported: CSV, JSON, JSONL.');
    default:
      throw new ItemFormatError(
        `The InputType ${config.inputType} is not one of [CSV, JSON, JSONL, MANIFEST, PARQUET].`,
      );
  }
}

/** Rows as arrays of texts; empty lines are none. */
export function csvRows(content: string, delimiter = ','): string[][] {
  try {
    return parse(content, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw new ItemFormatError(`The text is not valid CSV: ${error instanceof Error ? error.message : error}`);
  }
}

/** Each row an object of header to text. Missing values are empty; those beyond the headers are left out. */
export function headed(rowsOfTexts: readonly string[][], headers: readonly string[]): JsonValue[] {
  return rowsOfTexts.map((row) => Object.fromEntries(headers.map((header, index) => [header, row[index] ?? ''])));
}

function rows(content: string, { csvDelimiter = 'COMMA', csvHeaderLocation, csvHeaders }: FormatConfig): JsonValue[] {
  const delimiter = DELIMITERS[csvDelimiter];
  if (delimiter === undefined) {
    throw new ItemFormatError(
      `The CSVDelimiter ${csvDelimiter} is not one of [${Object.keys(DELIMITERS).join(', ')}].`,
    );
  }
  const all = csvRows(content, delimiter);
  if (csvHeaderLocation === 'GIVEN') {
    return headed(all, csvHeaders ?? []);
  }
  const [headers = [], ...rest] = all;
  return headed(rest, headers);
}

function lines(content: string, key: string): JsonValue[] {
  return content
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => parseJson(line, key));
}

function parseJson(text: string, key: string): JsonValue {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ItemFormatError(`${key} is not valid JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** What a JSON pointer finds. @see https://www.rfc-editor.org/rfc/rfc6901 */
function pointed(document: JsonValue, key: string, pointer = ''): Items {
  const names = pointer === '' ? [] : pointer.split('/').slice(1);
  let found: JsonValue | undefined = document;
  for (const name of names.map((it) => it.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, name) ? Reflect.get(found, name) : undefined;
  }
  if (typeof found !== 'object' || found === null) {
    throw new ItemFormatError(`${key} has no array or object ${pointer === '' ? 'at its top' : `at ${pointer}`}.`);
  }
  return found;
}
