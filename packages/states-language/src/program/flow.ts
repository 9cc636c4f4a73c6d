import type { Evaluator } from '../evaluation';
import { compileJsonataTemplate } from '../jsonata/template';
import { parsePath } from '../jsonpath/parse-path';
import type { Path } from '../jsonpath/path';
import { compileTemplate } from '../jsonpath/payload-template';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';
import { compileFlowPath, compileOutput, type Source } from './fields';
import type { DataFlow } from './program';

const NO_PATHS = { inputPath: undefined, resultSelector: undefined, resultPath: undefined, outputPath: undefined };

/** Compiles the fields that most states share: what they read, what they keep, where they go. */
export function compileFlow(source: Source): DataFlow {
  const { fields, language } = source;
  const assign = compileAssign(source, 'Assign');
  if (language === 'JSONata') {
    return { ...NO_PATHS, output: compileOutput(source), assign };
  }
  const selector = fields.ResultSelector;
  return {
    inputPath: compileFlowPath(fields.InputPath),
    resultSelector: selector === undefined ? undefined : compileTemplate(selector),
    resultPath: compileResultPath(fields.ResultPath),
    outputPath: compileFlowPath(fields.OutputPath),
    output: undefined,
    assign,
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

export function nextOf(fields: JsonObject): { next: string | undefined } {
  return { next: fields.Next as string | undefined };
}
