/**
 * Proves what the bundles promise whoever deploys them: the same bytes from the same sources, one file each, error
 * names that survive minification, a missing setting named, and no token in what a function prints.
 */
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { isBuiltin } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { httpEvent } from './support/http-event';

const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'handlers-'));
const names = readdirSync(join(root, 'src', 'functions')).sort();
const bundle = (name: string) => join(folder, 'first', name, 'index.js');

/** Builds all bundles; answers the digest of every file. */
function build(into: string): Record<string, string> {
  execFileSync(process.execPath, [join(root, 'build.mjs'), join(folder, into)]);
  const files = readdirSync(join(folder, into), { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(join(folder, into), path), createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

let built: Record<string, string>;
beforeAll(() => {
  built = build('first');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Calls a bundle's handler in a process of its own, and answers everything that the process printed. */
function invoke(name: string, event: unknown, environment: Record<string, string> = {}): string {
  const script = `
    const done = (value) => process.stdout.write('\\nRESULT ' + JSON.stringify(value));
    const failed = (error) => done({ threw: error.name, message: error.message });
    try {
      Promise.resolve(require(${JSON.stringify(bundle(name))}).handler(${JSON.stringify(event)}, {})).then(done, failed);
    } catch (error) { failed(error); }`;
  return execFileSync(process.execPath, ['-e', script], {
    env: { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', ...environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

const resultOf = (printed: string): unknown => JSON.parse(printed.slice(printed.lastIndexOf('RESULT ') + 7));

describe('the bundles', () => {
  it('are one file and its source map for each function, the same bytes whenever they are built', () => {
    expect(Object.keys(built).sort()).toEqual(names.flatMap((name) => [`${name}/index.js`, `${name}/index.js.map`]));
    expect(build('second')).toEqual(built);
  });

  it('are functions of one file that need nothing but Node', () => {
    for (const name of names) {
      const required = [...readFileSync(bundle(name), 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map(([, id]) => id);
      const foreign = required.filter((id) => id !== undefined && !isBuiltin(id));
      expect({ name, foreign }).toEqual({ name, foreign: [] });
    }
  });

  it.each([
    'start-task',
    'complete-task',
    'call-external',
    'settle-task',
    'measure-waiting',
    'get-idempotent-workflow',
    'route-fallback',
  ])('%s names the setting that is missing', (name) => {
    expect(resultOf(invoke(name, {}))).toEqual({
      threw: 'ConfigurationError',
      message: expect.stringMatching(/^The environment variable [A-Z_]+ is not set/),
    });
  });

  it('throw errors by the names that state machines match', () => {
    expect(resultOf(invoke('fibonacci-generator', { count: 26 }))).toMatchObject({ threw: 'InvalidCountError' });
    expect(resultOf(invoke('fibonacci-generator', { count: 3 }))).toEqual([0, 1, 1]);
    expect(
      resultOf(
        invoke(
          'call-external',
          { taskToken: 'secret', attempt: 0 },
          {
            TASKS_TABLE_NAME: 'tasks',
            API_URL: 'https://api.example/prod/',
            EXTERNAL_SERVICE_URL: 'https://service.example/external',
            RECORD_GRACE_SECONDS: '0',
          },
        ),
      ),
    ).toEqual({ threw: 'InvalidTaskEventError', message: expect.not.stringContaining('secret') });
  });
});

describe('what a function prints', () => {
  const taskToken = 'task-token-secret';
  const resumeToken = 'resume-token-secret';
  let aws: Server;
  let endpoint: string;

  beforeAll(async () => {
    aws = createServer((request, response) => {
      const action = String(request.headers['x-amz-target']).split('.').at(-1);
      const failure = { __type: 'ValidationException', message: `Invalid token: '${taskToken}' '${resumeToken}'` };
      const record = { taskId: 't', taskToken, resumeToken, status: 'PENDING', attempt: 1, expiresAt: 9_999_999_999 };
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.writeHead(action === 'GetItem' ? 200 : 400);
      response.end(JSON.stringify(action === 'GetItem' ? { Item: marshall(record) } : failure));
    });
    await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    aws.closeAllConnections();
    return new Promise((resolve) => aws.close(resolve));
  });

  const settings = () => ({
    TASKS_TABLE_NAME: 'tasks',
    API_URL: 'https://api.example/prod/',
    EXTERNAL_SERVICE_URL: 'https://service.example/external',
    RECORD_GRACE_SECONDS: '0',
    POWERTOOLS_LOG_LEVEL: 'DEBUG',
    AWS_ENDPOINT_URL: endpoint,
  });
  const put = httpEvent({
    method: 'PUT',
    path: '/tasks/{taskId}',
    pathParameters: { taskId: 't' },
    body: { resumeToken, status: 'succeeded' },
  });
  const attempt = { taskToken, taskId: 't', executionArn: 'arn:x', timeoutSeconds: 5, attempt: 1 };

  it.each([
    ['complete-task', put],
    ['call-external', attempt],
  ] as const)('%s: is a log, and no token, although AWS repeats it in an error', async (name, event) => {
    const printed = await invokeAsync(name, event);

    expect(printed).toContain('"level":');
    expect(printed).not.toContain('secret');
  });

  /** As `invoke`, without blocking the server in this process. */
  function invokeAsync(name: string, event: unknown): Promise<string> {
    const script = `require(${JSON.stringify(bundle(name))}).handler(${JSON.stringify(event)}, {})
      .then((value) => console.log(JSON.stringify(value)), (error) => console.log(error.stack, JSON.stringify(error)));`;
    return new Promise((resolve, reject) =>
      execFile(
        process.execPath,
        ['-e', script],
        { env: { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', ...settings() } },
        (error, stdout, stderr) => (error === null ? resolve(stdout + stderr) : reject(error)),
      ),
    );
  }
});
