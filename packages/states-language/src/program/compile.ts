import type { QueryLanguage } from '../document/query-language';
import { expressionSource, isExpression } from '../document/template';
import type { Evaluator } from '../evaluation';
import { then } from '../evaluation';
import { compileExpression, requireType } from '../jsonata/expression';
import type { JsonObject, JsonValue } from '../values/json';
import { compileChoiceRule } from './choice';
import { compileMap, compileParallel, compileTask } from './compile-work';
import { compileOutput, compileString, type Source } from './fields';
import { compileAssign, compileFlow, compileParameters, nextOf } from './flow';
import type { ChoiceRule, Machine, State } from './program';
import { compileWait } from './wait';

/** Compiles the states of a valid definition, or of a branch or processor in it. */
export function compileMachine(definition: JsonObject, language: QueryLanguage): Machine {
  const states = new Map<string, State>();
  for (const [name, fields] of Object.entries(definition.States as JsonObject)) {
    states.set(name, compileState(name, fields as JsonObject, language));
  }
  return { startAt: definition.StartAt as string, states };
}

function compileState(name: string, fields: JsonObject, machineLanguage: QueryLanguage): State {
  const language = (fields.QueryLanguage as QueryLanguage | undefined) ?? machineLanguage;
  // As on AWS, states inside a state do not take over its language.
  const compileBranch = (branch: JsonObject) => compileMachine(branch, machineLanguage);
  const source: Source = { fields, language };
  switch (fields.Type) {
    case 'Task':
      return compileTask(name, source);
    case 'Parallel':
      return compileParallel(name, source, compileBranch);
    case 'Map':
      return compileMap(name, source, compileBranch);
    case 'Choice':
      return compileChoice(name, source);
    case 'Wait':
      return { ...compileWait(source), name, language, flow: compileFlow(source), ...nextOf(fields) };
    case 'Succeed':
      return { type: 'Succeed', name, language, flow: compileFlow(source) };
    case 'Fail':
      return {
        type: 'Fail',
        name,
        language,
        error: compileString(source, 'Error'),
        cause: compileString(source, 'Cause'),
      };
    default:
      return compilePass(name, source);
  }
}

function compilePass(name: string, source: Source): State {
  const { fields, language } = source;
  return {
    type: 'Pass',
    name,
    language,
    flow: compileFlow(source),
    parameters: compileParameters(source),
    result: language === 'JSONPath' ? fields.Result : undefined,
    ...nextOf(fields),
  };
}

function compileChoice(name: string, source: Source): State {
  const { fields, language } = source;
  const rules = (fields.Choices as JsonObject[]).map((rule, index): ChoiceRule => {
    const ruleSource: Source = { fields: rule, language };
    const location = `Choices[${index}]`;
    return {
      matches:
        language === 'JSONata' ? compileCondition(rule.Condition as JsonValue, location) : compileChoiceRule(rule),
      next: rule.Next as string,
      output: compileOutput(ruleSource, `${location}/Output`),
      assign: compileAssign(ruleSource, `${location}/Assign`),
    };
  });
  const defaultNext = fields.Default as string | undefined;
  return { type: 'Choice', name, language, flow: compileFlow(source), rules, defaultNext: defaultNext };
}

function compileCondition(condition: JsonValue, rule: string): Evaluator<boolean> {
  const location = `${rule}/Condition`;
  if (!isExpression(condition)) {
    return () => condition === true;
  }
  const text = expressionSource(condition);
  const evaluate = compileExpression(text, location);
  const isBoolean = (value: JsonValue): value is boolean => typeof value === 'boolean';
  return (scope) => then(evaluate(scope), (value) => requireType(value, 'boolean', isBoolean, text, location));
}
