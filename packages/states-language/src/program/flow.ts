import type { Evaluator } from '../evaluation';
import type { JsonValue } from '../host';
import { compileJsonataTemplate } from '../jsonata/template';
import { parsePath } from '../jsonpath/parse-path';
import type { Path } from '../jsonpath/path';
import { compileTemplate } from '../jsonpath/payload-template';
import { isObject, type JsonObject } from '../values/json';
import { compileFlowPath, compileOutput, type Source } from './fields';
import type { DataFlow } from './program';

/** Compiles the fields that most states share: what they read, what they keep, where they go. */
export function compileFlow(source: Source): DataFlow {
  const { fields, language } = source;
  const assign = optional('assign', compileAssign(source, 'Assign'));
  if (language === 'JSONata') {
    return { ...optional('output', compileOutput(source)), ...assign };
  }
  const selector = fields.ResultSelector;
  return {
    ...optional('inputPath', compileFlowPath(fields.InputPath)),
    ...optional('resultSelector', selector === undefined ? undefined : compileTemplate(selector)),
    ...optional('resultPath', compileResultPath(fields.ResultPath)),
    ...optional('outputPath', compileFlowPath(fields.OutputPath)),
    ...assign,
  };
}

/** `Parameters` of a JSONPath state, `Arguments` of a JSONata state. */
export function compileParameters({ fields, language }: Source): Evaluator | undefined {
  if (language === 'JSONata') {
    const given = fields.Arguments;
    return given === undefined ? undefined : compileJsonataTemplate(given, 'Arguments');
  }
  const parameters = fields.Parameters;
  return parameters === undefined ? undefined : compileTemplate(parameters);
}

export function compileAssign({ fields, language }: Source, location: string): Evaluator | undefined {
  const assign = fields.Assign;
  if (!isObject(assign)) {
    return undefined;
  }
  return language === 'JSONata' ? compileJsonataTemplate(assign, location) : compileTemplate(assign);
}

export function compileResultPath(value: JsonValue | undefined): Path | null | undefined {
  if (value === undefined || value === '$') {
    return undefined;
  }
  return value === null ? null : parsePath(value as string);
}

export function nextOf(fields: JsonObject): { next?: string } {
  return optional('next', fields.Next as string | undefined);
}

/** A property that is there only when it has a value. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
