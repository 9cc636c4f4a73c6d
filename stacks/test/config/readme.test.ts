import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '../../src';
import { STACKS, synthesize } from '../support/synthesized';

const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

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
