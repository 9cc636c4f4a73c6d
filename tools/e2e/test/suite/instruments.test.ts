/** Proves that the suite's own instruments see what they are for: a check that cannot fail proves nothing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../../src/api-client';
import { scanForTokens } from '../../src/leaked-tokens';
import { isListening, ManagedProcess } from '../../src/managed-process';
import { examplesOf, headingsOf, isAsShown, localLinksOf } from '../../src/readme';
import { waitUntil } from '../../src/wait';

describe('scanForTokens', () => {
  it('finds a token as it is, in JSON, in a URL and in Base64, in any file below', () => {
    const directory = mkdtempSync(join(tmpdir(), 'workflows-scan-'));
    const token = 'a+b/c="d"';
    try {
      mkdirSync(join(directory, 'deep'));
      const spellings = [
        token,
        JSON.stringify({ token }),
        encodeURIComponent(token),
        Buffer.from(token).toString('base64'),
      ];
      for (const [n, text] of spellings.entries()) {
        writeFileSync(join(directory, 'deep', `${n}.log`), `line\n${text}\n`);
      }
      writeFileSync(join(directory, 'clean.log'), 'nothing here');

      const { files, leaks } = scanForTokens(directory, [token, 'absent']);

      expect(files).toBe(5);
      expect(leaks.map(({ line }) => line)).toEqual([2, 2, 2, 2]);
      expect(JSON.stringify(leaks)).not.toContain(token);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('waitUntil', () => {
  it('returns what was waited for', async () => {
    let n = 0;
    expect(
      await waitUntil(
        () => (n += 1),
        (value) => value === 3,
        { what: 'three', everyMs: 1 },
      ),
    ).toBe(3);
  });

  it('fails at the deadline with what was last seen', async () => {
    const never = waitUntil(
      () => 'pending',
      () => false,
      { what: 'the end', withinMs: 5, everyMs: 1 },
    );
    await expect(never).rejects.toThrow('Waited 5 ms for the end; last seen: "pending"');
  });
});

describe('ApiClient', () => {
  const answers: Record<string, [status: number, type: string, body: string]> = {
    '/fine': [200, 'application/json', '{"a":1}'],
    '/fault': [500, 'application/problem+json', '{}'],
    '/plain': [404, 'text/plain', 'no'],
    '/broken': [200, 'application/json', '{'],
  };
  const server = createServer(({ url = '' }, response) => {
    const [status, type, body] = answers[url] ?? [404, 'application/problem+json', '{}'];
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  let client: ApiClient;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new ApiClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  afterAll(() => server.close());

  it('reads JSON', async () => {
    expect((await client.get('fine')).body).toEqual({ a: 1 });
  });

  it.each(['fault', 'plain', 'broken'])('refuses an answer that no target may give: %s', async (path) => {
    await expect(client.get(path)).rejects.toThrow(`GET ${path} answered`);
  });
});

describe('ManagedProcess', () => {
  it('sees a grandchild that outlives its parent, and a port that stays open', async () => {
    const server = "require('net').createServer().listen(0,'127.0.0.1',function(){console.log(this.address().port)})";
    const parent = `require('child_process').spawn(process.execPath,['-e',${JSON.stringify(server)}],{stdio:'inherit'})`;
    const child = ManagedProcess.start(process.execPath, ['-e', parent]);
    try {
      const port = await child.ready(() => Number(child.printed) || undefined, 'printing its port', 10_000);
      child.signal('SIGKILL');
      await waitUntil(
        () => child.survivors().length,
        (count) => count === 1,
        { what: 'only the grandchild to be left' },
      );

      expect(await isListening(port)).toBe(true);
      await child.kill();
      await waitUntil(
        () => isListening(port),
        (listening) => !listening,
        { what: 'the port to be closed' },
      );
      expect(child.survivors()).toEqual([]);
    } finally {
      await child.kill();
    }
  });

  it('says what a process printed that ended instead of becoming ready', async () => {
    const child = ManagedProcess.start(process.execPath, ['-e', 'console.error("no such thing"); process.exit(3)']);

    await expect(child.ready(() => undefined, 'serving', 10_000)).rejects.toThrow(/ended with 3.*no such thing/s);
  });
});

describe('isAsShown', () => {
  it.each([
    ['text', 'text', true],
    ['text', 'texts', false],
    ['arn:x:1', 'arn:…', true],
    ['arn:x:1', 'arn:…:2', false],
    [{ a: 1 }, { a: 1 }, true],
    [{ a: 1, b: 2 }, { a: 1 }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [null, {}, false],
  ])('%j shown as %j: %s', (answer, shown, expected) => {
    expect(isAsShown(answer, shown)).toBe(expected);
  });
});

describe('Markdown', () => {
  const markdown =
    '# One Two\n\n[a](b.md#c) [d](#one-two) [e](https://x.y/z)\n\n<!-- test: 201 -->\n```sh\necho [x](y)\n```\n\n```json\n{"a":1}\n```\n';

  it('gives its links, headings and examples', () => {
    expect(localLinksOf(markdown)).toEqual([
      { path: 'b.md', fragment: 'c' },
      { path: '', fragment: 'one-two' },
    ]);
    expect(headingsOf(markdown)).toEqual(['one-two']);
    expect(examplesOf(markdown)).toEqual([{ status: 201, script: 'echo [x](y)\n', answer: { a: 1 } }]);
  });
});
