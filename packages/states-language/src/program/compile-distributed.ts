import type { QueryLanguage } from '../document/query-language';
import { constant, type Evaluator, then } from '../evaluation';
import { queryError } from '../failures';
import { compileJsonataTemplate } from '../jsonata/template';
import { compileTemplate } from '../jsonpath/payload-template';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject, typeName } from '../values/json';
import { compileInteger, type Source } from './fields';
import type { DataExchange, DistributedMap, ItemBatcher, Machine } from './program';

/** `undefined` for an inline Map. */
export function compileDistributed({ fields, language }: Source, machine: Machine): DistributedMap | undefined {
  const processor = (fields.ItemProcessor ?? fields.Iterator) as JsonObject;
  const config = processor.ProcessorConfig;
  if (!isObject(config) || config.Mode !== 'DISTRIBUTED') {
    return undefined;
  }
  return {
    program: {
      type: config.ExecutionType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
      startAt: machine.startAt,
      definition: JSON.stringify(processor),
      machine,
    },
    label: fields.Label as string | undefined,
    itemReader: compileExchange(fields.ItemReader, 'ItemReader', 'ReaderConfig', language),
    itemBatcher: compileItemBatcher(fields.ItemBatcher, language),
    resultWriter: compileExchange(fields.ResultWriter, 'ResultWriter', 'WriterConfig', language),
  };
}

function compileExchange(
  exchange: JsonValue | undefined,
  field: string,
  configField: string,
  language: QueryLanguage,
): DataExchange | undefined {
  if (!isObject(exchange)) {
    return undefined;
  }
  const given = exchange[configField];
  const { MaxItems, MaxItemsPath, ...config } = isObject(given) ? given : {};
  const maxItems: JsonObject = {
    ...(MaxItems === undefined ? {} : { MaxItems }),
    ...(MaxItemsPath === undefined ? {} : { MaxItemsPath }),
  };
  const jsonata = language === 'JSONata';
  const template = jsonata ? exchange.Arguments : exchange.Parameters;
  const location = `${field}/Arguments`;
  return {
    resource: exchange.Resource as string | undefined,
    arguments:
      template === undefined
        ? undefined
        : jsonata
          ? compileJsonataTemplate(template, location)
          : compileTemplate(template),
    config: jsonata ? compileJsonataTemplate(config, `${field}/${configField}`) : constant<JsonValue>(config),
    maxItems: compileInteger({ fields: maxItems, language }, { name: 'MaxItems', minimum: 1 }),
  };
}

function compileItemBatcher(batcher: JsonValue | undefined, language: QueryLanguage): ItemBatcher | undefined {
  if (!isObject(batcher)) {
    return undefined;
  }
  const source: Source = { fields: batcher, language };
  const input = batcher.BatchInput;
  return {
    maxItemsPerBatch: compileInteger(source, { name: 'MaxItemsPerBatch', minimum: 1 }),
    maxInputBytesPerBatch: compileInteger(source, { name: 'MaxInputBytesPerBatch', minimum: 1 }),
    batchInput: input === undefined ? undefined : compileBatchInput(input, language),
  };
}

function compileBatchInput(input: JsonValue, language: QueryLanguage): Evaluator {
  const evaluate =
    language === 'JSONata' ? compileJsonataTemplate(input, 'ItemBatcher/BatchInput') : compileTemplate(input);
  return (scope) =>
    then(evaluate(scope), (value) => {
      if (!isObject(value)) {
        throw queryError(
          `The BatchInput field must be an object but was: ${typeName(value)}`,
          'ItemBatcher/BatchInput',
        );
      }
      return value;
    });
}
