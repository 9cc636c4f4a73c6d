import { graphOf, readDefinition } from '../src';

const definition = readDefinition(
  JSON.stringify({
    StartAt: 'Ask?',
    States: {
      'Ask?': { Type: 'Choice', Choices: [{ Condition: '{% $states.input.ask %}', Next: 'Each' }], Default: 'Done' },
      Each: {
        Type: 'Map',
        ItemProcessor: { StartAt: 'Inner', States: { Inner: { Type: 'Pass', End: true } } },
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }],
        Next: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
  }),
);

describe('a graph of a definition', () => {
  it('has every state, those inside others with their parent', () => {
    expect(graphOf(definition).nodes.map(({ name, parent, start, end }) => ({ name, parent, start, end }))).toEqual([
      { name: 'Ask?', parent: undefined, start: true, end: false },
      { name: 'Each', parent: undefined, start: false, end: false },
      { name: 'Inner', parent: 'Each', start: true, end: true },
      { name: 'Done', parent: undefined, start: false, end: true },
    ]);
  });

  it('has every way from state to state, and says when each is taken', () => {
    expect(graphOf(definition).edges).toEqual([
      { from: 'Ask?', to: 'Each', kind: 'choice', label: '$states.input.ask' },
      { from: 'Ask?', to: 'Done', kind: 'default', label: 'otherwise' },
      { from: 'Each', to: 'Done', kind: 'next' },
      { from: 'Each', to: 'Done', kind: 'catch', label: 'any error' },
    ]);
  });

  it('labels a JSONPath rule with its comparison', () => {
    const { edges } = graphOf({
      StartAt: 'A',
      States: { A: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: 3, Next: 'A' }] } },
    });
    expect(edges[0]?.label).toBe('$.n NumericLessThan 3');
  });

  it('refuses what is no definition', () => {
    expect(() => readDefinition('{}')).toThrow(/StartAt/);
  });
});
