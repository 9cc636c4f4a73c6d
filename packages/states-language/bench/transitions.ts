import { bench, definition, median, program, seconds, start } from './measure';

const ROUNDS = 7;

const SCENARIOS = {
  '3 Pass states': {
    executions: 10_000,
    input: '{"list":[1,2,3]}',
    definition: definition('pass'),
  },
  'JSONPath loop of 2,000 states': {
    executions: 20,
    input: '{"n":0}',
    definition: {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'C' },
        C: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: 1000, Next: 'A' }], Default: 'E' },
        E: { Type: 'Succeed' },
      },
    },
  },
  'JSONata loop of 2,000 states': {
    executions: 20,
    input: '{"n":0}',
    definition: {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Output: { n: '{% $states.input.n + 1 %}' }, Next: 'C' },
        C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n < 1000 %}', Next: 'A' }], Default: 'E' },
        E: { Type: 'Succeed' },
      },
    },
  },
  'Map of 8': {
    executions: 3_000,
    input: '[1,1,2,3,5,8,13,21]',
    definition: definition('map'),
  },
};

export interface TransitionRow {
  readonly scenario: string;
  readonly 'transitions/s': number;
  readonly 'executions/s': number;
  readonly 'events/s': number;
}

/** State transitions per second, history included: the median of several rounds. */
export function measureTransitions(): TransitionRow[] {
  return Object.entries(SCENARIOS).map(([scenario, { definition: source, executions, input }]) => {
    const compiled = program(source);
    const { host } = bench();
    const probe = start(compiled, input, host, 0).history;
    const transitions = probe.filter(({ type }) => type.endsWith('StateEntered')).length;
    const times = Array.from({ length: ROUNDS }, () =>
      seconds(() => {
        for (let index = 0; index < executions; index += 1) {
          start(compiled, input, host, index);
        }
      }),
    );
    const perSecond = executions / median(times);
    return {
      scenario,
      'transitions/s': Math.round(perSecond * transitions),
      'executions/s': Math.round(perSecond),
      'events/s': Math.round(perSecond * probe.length),
    };
  });
}
