import type { Computed, Template } from './template';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export interface ReaderConfig {
  readonly InputType?: 'CSV' | 'JSON' | 'JSONL' | 'MANIFEST' | 'PARQUET';
  readonly ManifestType?: 'ATHENA_DATA' | 'S3_INVENTORY';
  readonly Transformation?: 'LOAD_AND_FLATTEN' | 'NONE';
  readonly CSVDelimiter?: 'COMMA' | 'PIPE' | 'SEMICOLON' | 'SPACE' | 'TAB';
  readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
  readonly CSVHeaders?: readonly string[];
  /** A JSON pointer to the array inside a JSON file. */
  readonly ItemsPointer?: string;
  readonly MaxItems?: Computed<number>;
  readonly MaxItemsPath?: string;
}

/** What a distributed Map reads its items with: `arn:aws:states:::s3:getObject` or `…:s3:listObjectsV2`. */
export interface ItemReader {
  readonly Resource: string;
  readonly ReaderConfig?: ReaderConfig;
}

export interface JsonataItemReader extends ItemReader {
  readonly Arguments?: Template;
}

export interface JsonPathItemReader extends ItemReader {
  readonly Parameters?: Template;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
export interface WriterConfig {
  readonly OutputType?: 'JSON' | 'JSONL';
  readonly Transformation?: 'COMPACT' | 'FLATTEN' | 'NONE';
}

/** What a distributed Map writes its results with: `arn:aws:states:::s3:putObject`. */
interface ResultWriterFields {
  readonly Resource?: string;
  readonly WriterConfig?: WriterConfig;
}

export interface JsonataResultWriter extends ResultWriterFields {
  readonly Arguments?: Template;
}

export interface JsonPathResultWriter extends ResultWriterFields {
  readonly Parameters?: Template;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export interface ItemBatcher {
  readonly BatchInput?: Template;
  readonly MaxItemsPerBatch?: Computed<number>;
  readonly MaxItemsPerBatchPath?: string;
  readonly MaxInputBytesPerBatch?: Computed<number>;
  readonly MaxInputBytesPerBatchPath?: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export interface ProcessorConfig {
  /** @default 'INLINE' */
  readonly Mode?: 'INLINE' | 'DISTRIBUTED';
  /** What the executions of a distributed Map are. */
  readonly ExecutionType?: 'STANDARD' | 'EXPRESS';
}
