import { isExpression } from '../document/template';
import { isObject } from '../values/json';
import { nonEmptyArray, number, numberPath, oneOf, string, template } from './fields';
import { checkShape, type FieldCheck, object, type Shape } from './shape';

const MAX_ITEMS = 100_000_000;
const MAX_BYTES_PER_BATCH = 262_144;

const READER_CONFIG: Shape = {
  fields: {
    InputType: oneOf('CSV', 'JSON', 'JSONL', 'MANIFEST', 'PARQUET'),
    ManifestType: oneOf('ATHENA_DATA', 'S3_INVENTORY'),
    Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
    CSVDelimiter: oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
    CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
    CSVHeaders: nonEmptyArray(string),
    ItemsPointer: string,
    MaxItems: number(0, MAX_ITEMS),
  },
  JSONPath: { MaxItemsPath: numberPath },
  exclusive: [['MaxItems', 'MaxItemsPath']],
};

const readerConfig: FieldCheck = (value, location, report, language) => {
  object(READER_CONFIG)(value, location, report, language);
  if (!isObject(value)) {
    return;
  }
  const { InputType, CSVHeaderLocation, CSVHeaders } = value;
  if (InputType === 'CSV' && CSVHeaderLocation === undefined) {
    report.schema("The field 'CSVHeaderLocation' is required", location);
  }
  if ((InputType === 'JSON' || InputType === 'JSONL') && CSVHeaderLocation !== undefined) {
    report.unsupported('CSVHeaderLocation', location);
  }
  if (CSVHeaderLocation === 'GIVEN') {
    report.required(CSVHeaders === undefined ? ['CSVHeaders'] : [], location);
  }
};

function resource(...actions: readonly string[]): FieldCheck {
  const arn = new RegExp(`^arn:[\\w-]+:states:::s3:(?:${actions.join('|')})$`);
  return (value, location, report, language) => {
    if (typeof value !== 'string') {
      string(value, location, report, language);
    } else if (!arn.test(value)) {
      report.schema("The field 'Resource' does not match any of the allowed values", location);
    }
  };
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export const itemReader = object({
  fields: { Resource: resource('getObject', 'listObjectsV2'), ReaderConfig: readerConfig },
  JSONPath: { Parameters: template },
  JSONata: { Arguments: template },
  required: ['Resource'],
});

const RESULT_WRITER: Shape = {
  fields: {
    Resource: resource('putObject'),
    WriterConfig: object({
      fields: { Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'), OutputType: oneOf('JSON', 'JSONL') },
      required: ['Transformation', 'OutputType'],
    }),
  },
  JSONPath: { Parameters: template },
  JSONata: { Arguments: template },
};

/**
 * Where to write, how to write, or both.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export const resultWriter: FieldCheck = (value, location, report, language) => {
  if (!isObject(value)) {
    report.schema('Expected value of type [OBJECT]', location);
    return;
  }
  if (Object.keys(value).length === 0) {
    report.schema('Value cannot be empty', location);
    return;
  }
  checkShape(value, RESULT_WRITER, location, report, language);
  const pair = ['Resource', language === 'JSONata' ? 'Arguments' : 'Parameters'];
  const missing = pair.filter((field) => value[field] === undefined);
  if (missing.length === 1) {
    report.required(missing, location);
  }
};

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export const itemBatcher = object({
  fields: {
    BatchInput: template,
    MaxItemsPerBatch: number(0, Number.MAX_VALUE),
    MaxInputBytesPerBatch: number(0, MAX_BYTES_PER_BATCH),
  },
  JSONPath: { MaxItemsPerBatchPath: numberPath, MaxInputBytesPerBatchPath: numberPath },
  exclusive: [
    ['MaxItemsPerBatch', 'MaxItemsPerBatchPath'],
    ['MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'],
  ],
});

const PROCESSOR_CONFIG: Shape = {
  fields: { Mode: oneOf('INLINE', 'DISTRIBUTED'), ExecutionType: oneOf('STANDARD', 'EXPRESS') },
};

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export const processorConfig: FieldCheck = (value, location, report, language) => {
  object(PROCESSOR_CONFIG)(value, location, report, language);
  if (!isObject(value)) {
    return;
  }
  const { Mode, ExecutionType } = value;
  if (Mode === 'DISTRIBUTED' && ExecutionType === undefined) {
    report.required(['ExecutionType'], location);
  }
  if (Mode === 'INLINE' && ExecutionType !== undefined) {
    report.unsupported('ExecutionType', location);
  }
};

/** `Credentials` of a Task state: the role that the task acts as. */
export const credentials: FieldCheck = (value, location, report, language) => {
  if (language === 'JSONata' && isExpression(value)) {
    template(value, location, report, language);
    return;
  }
  if (!isObject(value)) {
    report.schema('Expected value of type [OBJECT]', location);
    return;
  }
  const { RoleArn } = value;
  if (RoleArn === undefined && (language === 'JSONata' || value['RoleArn.$'] === undefined)) {
    report.schema("The field 'RoleArn' is required but was missing", location);
  } else if (RoleArn !== undefined) {
    string(RoleArn, `${location}/RoleArn`, report, language);
  }
  template(value, location, report, language);
};
