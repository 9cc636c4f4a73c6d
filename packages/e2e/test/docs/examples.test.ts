/**
 * Proves that the README's examples work as pasted: each marked block runs in a shell, one after the other, and
 * answers what the README shows.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { repositoryRoot } from '../../src/local-runtime';
import { examplesOf, isAsShown } from '../../src/readme';
import { waitUntil } from '../../src/wait';
import { it } from '../support/it';

const examples = examplesOf(readFileSync(join(repositoryRoot, 'README.md'), 'utf8'));

/** A directory that looks like the root of the repository while the target runs, and a shell that remembers variables. */
class Shell {
  private readonly directory = mkdtempSync(join(tmpdir(), 'workflows-readme-'));
  private variables: NodeJS.ProcessEnv = {};

  constructor() {
    symlinkSync(dirname(resolve(process.env.E2E_OUTPUTS ?? '.local/outputs.json')), join(this.directory, '.local'));
    // Makes curl report the status of each request, without a change to the commands that people paste.
    writeFileSync(join(this.directory, '.curlrc'), 'write-out = "%{stderr}%{http_code}\\n"\n');
    if (spawnSync('curl', ['--version']).error !== undefined) this.standInForCurl();
  }

  run(script: string): { stdout: string; status: number } {
    const after = join(this.directory, 'variables');
    const { stdout, stderr } = spawnSync('/bin/sh', ['-ea', '-c', `${script}\nenv -0 > ${after}`], {
      cwd: this.directory,
      encoding: 'utf8',
      env: { ...process.env, ...this.variables, CURL_HOME: this.directory },
    });
    const pairs = readFileSync(after, 'utf8').split('\0').filter(Boolean);
    this.variables = Object.fromEntries(
      pairs.map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]),
    );
    return { stdout, status: Number(stderr.trim().split('\n').at(-1)) };
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Node is all that the tests may ask for. Understands the options that the README uses. */
  private standInForCurl(): void {
    const bin = join(this.directory, 'curl');
    writeFileSync(bin, `#!${process.execPath}\n(${standIn.toString()})()`);
    chmodSync(bin, 0o755);
    this.variables.PATH = `${this.directory}:${process.env.PATH}`;
  }
}

async function standIn(): Promise<void> {
  const headers: Record<string, string> = {};
  let [method, body, url]: [string, string | undefined, string] = ['GET', undefined, ''];
  const args = process.argv.slice(2);
  for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
    if (arg === '-X') method = args.shift() ?? '';
    else if (arg === '-d') body = args.shift();
    else if (arg === '-H') {
      const [name = '', ...value] = (args.shift() ?? '').split(':');
      headers[name] = value.join(':').trim();
    } else if (arg !== '-s') url = arg;
  }
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  process.stdout.write(await response.text());
  process.stderr.write(`${response.status}\n`);
}

describe("the README's examples", () => {
  it('answer as shown', async () => {
    const shell = new Shell();
    try {
      for (const { status, script, answer } of examples) {
        const mayNeedTime = !script.includes('-X');
        const attempt = () => shell.run(script);
        if (status === undefined) {
          attempt();
          continue;
        }
        const asShown = (result: { stdout: string; status: number }) =>
          result.status === status && isAsShown(parsed(result.stdout), answer);
        await waitUntil(attempt, asShown, {
          what: `the README's answer to:\n${script}`,
          withinMs: mayNeedTime ? 20_000 : 0,
        });
      }
    } finally {
      shell.close();
    }
    expect(examples.filter(({ status }) => status !== undefined).length).toBeGreaterThanOrEqual(6);
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
