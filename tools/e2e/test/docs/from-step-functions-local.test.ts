/** Proves docs/from-step-functions-local.md: its commands run as shown, and its table has every option. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../src/local-runtime';
import { waitUntil } from '../../src/wait';

const page = readFileSync(join(repositoryRoot, 'docs', 'from-step-functions-local.md'), 'utf8');
const dist = join(repositoryRoot, 'packages', 'local-cloud', 'dist');

/** Words of a command, with quotes and continued lines as a shell reads them. */
const words = (line: string): string[] =>
  [...line.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

const blocks = (marker: string): string[] =>
  [...page.matchAll(new RegExp(`<!-- ${marker} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );

describe('docs/from-step-functions-local.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'moving-'));
  const processes: ReturnType<typeof spawn>[] = [];
  const environment = { PATH: process.env.PATH, INIT_CWD: folder };

  beforeAll(() => {
    for (const name of ['MockConfigFile.json', 'LambdaSQSIntegration.asl.json']) {
      writeFileSync(join(folder, name), blocks(`file: ${name}`).join(''));
    }
  });
  afterAll(() => {
    for (const child of processes) {
      child.kill();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the command that moves a user over, on a free port. */
  async function serve(): Promise<string> {
    const [command = ''] = blocks('test: serve');
    const [, settings = '', options = ''] =
      /^((?:\w+=\S+\s+)+)\\\n\s+pnpm --filter \S+ serve (.*)$/m.exec(command) ?? [];
    const variables = Object.fromEntries(words(settings).map((word) => word.split('=')));
    const args = words(options.replace('8083', '0'));
    const child = spawn(process.execPath, [join(dist, 'serve', 'main.js'), ...args], {
      env: { ...environment, ...variables },
    });
    processes.push(child);
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    await waitUntil(
      async () => printed,
      (text) => text.endsWith('\n'),
      { what: 'the line of the command' },
    );
    const shown = /```text\n(.*)\n```/.exec(page)?.[1] ?? '';
    const url = /http:\S+/.exec(printed)?.[0] ?? '';
    expect(printed.trim()).toBe(shown.replace('http://127.0.0.1:8083', url));
    return url;
  }

  /** Does what the AWS CLI does with a line of the page. */
  async function aws(url: string, line: string): Promise<unknown> {
    const [, , operation = '', ...options] = words(line);
    const name = operation.replaceAll(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());
    const input: Record<string, string> = {};
    for (let index = 0; index < options.length; index += 2) {
      const field = (options[index] ?? '').slice(2).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      const value = options[index + 1] ?? '';
      input[field] = value.startsWith('file://') ? readFileSync(join(folder, value.slice(7)), 'utf8') : value;
    }
    const { endpointUrl: _, query, ...fields } = input;
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AWSStepFunctions.${name}` };
    const answered = await fetch(url, { method: 'POST', headers, body: JSON.stringify(fields) });
    const body = (await answered.json()) as Record<string, unknown>;
    expect({ line, status: answered.status, body }).toMatchObject({ status: 200 });
    return query === undefined ? body : (query.match(/\w+/g) ?? []).map((field) => body[field]);
  }

  it('moves mocked test cases over by one command', async () => {
    const url = await serve();
    const [prepare = '', describe = ''] = blocks('test: aws');
    const [, shown = ''] = /--query[\s\S]*?```json\n([\s\S]*?)```/.exec(page) ?? [];
    for (const line of prepare.trim().split(/\n(?=aws )/)) {
      await aws(url, line);
    }

    const answer = await waitUntil(
      () => aws(url, describe),
      (it) => (it as string[])[0] !== 'RUNNING',
      { what: 'the end of the execution', withinMs: 20_000 },
    );

    expect(answer).toEqual(JSON.parse(shown));
  }, 40_000);

  it('makes mocks by the command that it shows', () => {
    const [command = ''] = blocks('test: scaffold');
    const [, options = ''] = /scaffold-mocks ([\s\S]*?) > MockConfigFile\.json/.exec(command) ?? [];

    const { status, stdout } = spawnSync(
      process.execPath,
      [join(dist, 'scaffold-mocks', 'main.js'), ...words(options)],
      { encoding: 'utf8', env: environment },
    );

    const testCases = JSON.parse(stdout).StateMachines.LambdaSQSIntegration.TestCases;
    const [, named = ''] = /such as `(\w+)`/.exec(page) ?? [];
    expect(status).toBe(0);
    expect(Object.keys(testCases)).toEqual(['HappyPath', named]);
    expect(Object.keys(JSON.parse(readFileSync(join(folder, 'inputs.json'), 'utf8')))).toEqual(['HappyPath', named]);
  }, 40_000);

  it('names options that exist', () => {
    const { stdout } = spawnSync(process.execPath, [join(dist, 'serve', 'main.js'), '--help'], { encoding: 'utf8' });
    const known = new Set(stdout.match(/--[a-z-]+/g));
    const rows = [...page.matchAll(/^\| .*? \| .*? \| (.*?) \| .*? \|$/gm)].map(([row, here = '']) =>
      here.startsWith('the same') ? row.split(' | ').slice(0, 1).concat(here) : [here],
    );
    const named = rows.flat().flatMap((cell) => cell.match(/--[a-z][a-z-]+/g) ?? []);

    expect(named.length).toBeGreaterThan(12);
    expect(named.filter((option) => !known.has(option))).toEqual([]);
  }, 20_000);
});
