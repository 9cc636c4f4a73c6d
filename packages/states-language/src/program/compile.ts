import type { Evaluator } from '../evaluation';
import { then } from '../evaluation';
import type { JsonValue } from '../host';
import { compileExpression, expressionSource, isExpression, requireType } from '../jsonata/expression';
import type { JsonObject } from '../values/json';
import { compileChoiceRule } from './choice';
import { compileMap, compileParallel, compileTask } from './compile-work';
import { compileOutput, compileString, type Source } from './fields';
import { compileAssign, compileFlow, compileParameters, nextOf, optional } from './flow';
import type { ChoiceRule, Machine, QueryLanguage, State } from './program';
import { compileWait } from './wait';

/** Compiles the states of a valid definition, or of a branch or processor in it. */
export function compileMachine(definition: JsonObject, language: QueryLanguage): Machine {
  const states = new Map<string, State>();
  for (const [name, fields] of Object.entries(definition.States as JsonObject)) {
    states.set(name, compileState(name, fields as JsonObject, language));
  }
  return { startAt: definition.StartAt as string, states };
}

function compileState(name: string, fields: JsonObject, inherited: QueryLanguage): State {
  const language = (fields.QueryLanguage as QueryLanguage | undefined) ?? inherited;
  const source: Source = { fields, language };
  switch (fields.Type) {
    case 'Task':
      return compileTask(name, source);
    case 'Parallel':
      return compileParallel(name, source, compileMachine);
    case 'Map':
      return compileMap(name, source, compileMachine);
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
        ...optional('error', compileString(source, 'Error')),
        ...optional('cause', compileString(source, 'Cause')),
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
    ...optional('parameters', compileParameters(source)),
    ...optional('result', language === 'JSONPath' ? fields.Result : undefined),
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
      ...optional('output', compileOutput(ruleSource, `${location}/Output`)),
      ...optional('assign', compileAssign(ruleSource, `${location}/Assign`)),
    };
  });
  const defaultNext = fields.Default as string | undefined;
  return { type: 'Choice', name, language, flow: compileFlow(source), rules, ...optional('defaultNext', defaultNext) };
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
