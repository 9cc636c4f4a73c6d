import { type Definition, jsonata, lambdaInvoke, type NodeFunction } from '@workflows/constructs';
import { inputCheck, NOT_AN_OBJECT, NOT_AN_OBJECT_PROBLEM } from '../shared/input-check';

/** Generates Fibonacci numbers, then adds 7 to each of them. */
export const workflowLambda = (fibonacciGenerator: NodeFunction): Definition => ({
  Comment: 'Calls a function and maps over what it returns',
  QueryLanguage: 'JSONata',
  StartAt: 'Init',
  States: {
    Init: {
      Type: 'Pass',
      Assign: { problem: jsonata`${NOT_AN_OBJECT} ? ${NOT_AN_OBJECT_PROBLEM} : ''` },
      Output: "{% $exists($states.input.count) ? {'count': $states.input.count} : {} %}",
      Next: 'Input valid?',
    },
    ...inputCheck('Fibonacci generator'),
    'Fibonacci generator': lambdaInvoke({
      function: fibonacciGenerator,
      payload: '{% $states.input %}',
      next: { Next: 'Mapper' },
    }),
    Mapper: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Adder',
        States: { Adder: { Type: 'Pass', Output: { added: '{% $states.input + 7 %}' }, End: true } },
      },
      End: true,
    },
  },
});
