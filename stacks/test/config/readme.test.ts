import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '../../src/config/settings';
import { STACKS, synthesize } from '../support/synthesized';

const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

/** How many functions the stacks have in an environment. */
const functionsOf = (environment: Record<string, string>): number =>
  Object.values(synthesize(environment)).reduce((sum, stack) => sum + stack.all('aws_lambda_function').length, 0);

const rowsThatStartWith = (pattern: RegExp): string[][] =>
  readme
    .split('\n')
    .filter((line) => pattern.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );

describe('README', () => {
  it('lists every setting as the code has it, in the same order', () => {
    expect(rowsThatStartWith(/^\| `WORKFLOWS_/)).toEqual(
      Object.values(SETTINGS).map(({ variable, description, allowed, fallback }) => [
        `\`${variable}\``,
        description,
        allowed,
        fallback,
      ]),
    );
  });

  it('says how many functions share the reserved concurrency, and how many each may have of the usual 1,000', () => {
    const functions = functionsOf({});
    const withoutMock = functionsOf({ WORKFLOWS_EXTERNAL_SERVICE_URL: 'https://example.com' });

    expect(readme).toContain(`each of the ${functions} functions (${withoutMock} without the mock)`);
    expect(readme).toContain(`at most ${Math.floor((1000 - 100) / functions)} for each`);
  });

  it('lists every stack with all of its outputs', () => {
    const stacks = synthesize();
    const documented = rowsThatStartWith(/^\| `Workflow\w+Stack`/).map(([stack = '', , outputs = '']) => [
      stack.replaceAll('`', ''),
      outputs.replaceAll('`', '').split(', ').sort(),
    ]);

    expect(Object.fromEntries(documented)).toEqual(
      Object.fromEntries(STACKS.map((stack) => [stack, Object.keys(stacks[stack].json.output).sort()])),
    );
  });
});
