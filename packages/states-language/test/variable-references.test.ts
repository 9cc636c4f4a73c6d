import { variableReferences } from '../src';

describe('variableReferences', () => {
  it('names the variables that each state refers to, in both languages and inside other states', () => {
    const inner = {
      StartAt: 'Inner',
      States: {
        Inner: { Type: 'Pass', InputPath: '$outer.list[0]', Assign: { 'sum.$': 'States.MathAdd($a, $.b)' }, End: true },
      },
    };
    const definition = {
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { outer: { list: [1] }, 'a.$': '$.a', literal: '$notAReference' }, Next: 'Each' },
        Each: { Type: 'Map', ItemsPath: '$outer.list', ItemProcessor: inner, Next: 'Choose' },
        Choose: {
          Type: 'Choice',
          Choices: [{ Not: { Variable: '$a', NumericEqualsPath: '$$.Execution.Input.n' }, Next: 'Query' }],
        },
        Query: {
          Type: 'Pass',
          QueryLanguage: 'JSONata',
          Output: [
            '{% ($x := $b.c; $map($list, function($v) { $v + $x + $sum($more) })) %}',
            '{% $b@$item#$at[$item.n = $at] %}',
            '$plain',
          ],
          End: true,
        },
      },
    };
    expect(variableReferences(JSON.stringify(definition))).toEqual({
      Each: ['outer'],
      Inner: ['a', 'outer'],
      Choose: ['a'],
      Query: ['b', 'list', 'more'],
    });
  });
});
