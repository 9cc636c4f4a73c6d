/** Proves that the catalogue of patterns names what exists, and that each example is accepted. */
import { safeParse } from 'valibot';
import { FUNCTIONS, OUTPUTS, PATTERNS, STACKS } from '../src';
import { PAYLOADS } from '../src/schemas';

describe('the catalogue of patterns', () => {
  it('names each pattern once, and stacks that exist', () => {
    const ids = PATTERNS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(PATTERNS.map(({ stack }) => stack))).toEqual(new Set(STACKS));
  });

  it.each(PATTERNS)('finds $id in the outputs of its stack', ({ stack, stateMachine, start }) => {
    expect(OUTPUTS[stateMachine].stack).toBe(stack);
    if (start.kind === 'api') {
      expect(OUTPUTS[start.api]).toMatchObject({ stack, kind: 'endpoint' });
    }
  });

  it.each(PATTERNS)('has an example for $id that its route accepts', ({ start, example }) => {
    if (start.kind === 'execution') {
      return;
    }
    const [name] = Object.entries(FUNCTIONS).find(
      ([, { trigger }]) => trigger.kind === 'route' && trigger.routeKey === `POST /${start.path}`,
    ) ?? [''];
    const schema = PAYLOADS[name as keyof typeof PAYLOADS];
    expect(safeParse(schema, example).success).toBe(true);
  });
});

describe('the outputs', () => {
  it('are found by their names alone, as tools do that do not care for the stack', () => {
    const names = Object.values(OUTPUTS).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
