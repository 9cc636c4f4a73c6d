/** Proves that `pnpm start` shows what the README says it shows, and prints `curl` lines that work as pasted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalRuntime, repositoryRoot } from '../../src/local-runtime';
import { shownLines } from '../../src/readme';
import { it } from '../support/it';
import { Shell } from '../support/shell';

let runtime: LocalRuntime;
let lines: string[];

beforeAll(async () => {
  runtime = LocalRuntime.launch({ args: [] });
  const ended = () => (runtime.process.printed.includes('Press Ctrl-C to stop.') ? true : undefined);
  await runtime.process.ready(ended, 'printing its guide', 60_000);
  lines = runtime.process.printed.split('\n');
}, 90_000);

afterAll(() => runtime.stop(), 30_000);

/** A line of the timeline without what differs from run to run: instants, durations, ids. */
const timeless = (line: string) =>
  line
    .replace(/^ *\d+\.\d+ s/, '0.00 s')
    .replace(/\(\d+ ms\)/, '(0 ms)')
    .replaceAll(/\b[0-9a-f]{8}\b/g, 'id');

describe('the demonstration', () => {
  it('shows what the README shows', () => {
    const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8');
    const shown = shownLines(readme, 'start').map(timeless);

    expect(shown.length).toBeGreaterThan(10);
    const printed = new Set(lines.map(timeless));
    expect(shown.filter((line) => !printed.has(line))).toEqual([]);
  });

  it('prints curl lines that work as pasted', () => {
    const commands = lines.map((line) => line.trim()).filter((line) => line.startsWith('curl '));

    const shell = new Shell(runtime.directory);
    try {
      const answers = commands.map((command) => shell.run(command));
      expect(commands.length).toBeGreaterThanOrEqual(4);
      for (const [n, { stdout, status }] of answers.entries()) {
        expect({ command: commands[n], status, isOk: status >= 200 && status < 300 }).toMatchObject({ isOk: true });
        expect(() => JSON.parse(stdout)).not.toThrow();
      }
    } finally {
      shell.close();
    }
  });
});
