/** Runs the shell scripts that documents and commands show. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory that looks like the root of the repository while the target runs, and a shell that remembers variables. */
export class Shell {
  readonly #directory = mkdtempSync(join(tmpdir(), 'workflows-readme-'));
  #variables: NodeJS.ProcessEnv = {};

  /** @param runtimeDirectory takes the place of `.local` */
  constructor(runtimeDirectory: string) {
    symlinkSync(runtimeDirectory, join(this.#directory, '.local'));
    // Makes curl report the status of each request, without a change to the commands that people paste.
    writeFileSync(join(this.#directory, '.curlrc'), 'write-out = "%{stderr}%{http_code}\\n"\n');
    if (spawnSync('curl', ['--version']).error !== undefined) {
      this.#standInForCurl();
    }
  }

  /** @returns what the script printed, and the HTTP status of its last request */
  run(script: string): { stdout: string; status: number } {
    const after = join(this.#directory, 'variables.json');
    const keep = `${process.execPath} -e 'fs.writeFileSync("${after}", JSON.stringify(process.env))'`;
    const { stdout, stderr } = spawnSync('/bin/sh', ['-ea', '-c', `${script}\n${keep}`], {
      cwd: this.#directory,
      encoding: 'utf8',
      env: { ...process.env, ...this.#variables, CURL_HOME: this.#directory },
    });
    this.#variables = JSON.parse(readFileSync(after, 'utf8'));
    return { stdout, status: Number(stderr.trim().split('\n').at(-1)) };
  }

  close(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Node is all that the tests may ask for. Understands the options that the README uses. */
  #standInForCurl(): void {
    const bin = join(this.#directory, 'curl');
    writeFileSync(bin, `#!${process.execPath}\n(${standIn.toString()})()`);
    chmodSync(bin, 0o755);
    this.#variables.PATH = `${this.#directory}:${process.env.PATH}`;
  }
}

async function standIn(): Promise<void> {
  const headers: Record<string, string> = {};
  let [method, body, url]: [string | undefined, string | undefined, string] = [undefined, undefined, ''];
  const args = process.argv.slice(2);
  for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
    if (arg === '-X') {
      method = args.shift() ?? '';
    } else if (arg === '-d') {
      body = args.shift();
    } else if (arg === '-H') {
      const [name = '', ...value] = (args.shift() ?? '').split(':');
      headers[name] = value.join(':').trim();
    } else if (arg !== '-s' && arg !== '-sS') {
      url = arg;
    }
  }
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body === undefined ? {} : { body }),
  });
  process.stdout.write(await response.text());
  process.stderr.write(`${response.status}\n`);
}
