import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The compiled command: what `pnpm serve` starts. */
const MAIN = join(__dirname, '..', '..', 'dist', 'serve', 'main.js');

interface Run {
  readonly process: ChildProcess;
  readonly firstLine: Promise<string>;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      if (stdout.includes('\n')) {
        resolve(stdout);
      }
    });
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { process: child, firstLine, ended };
}

describe('the serve command', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints one line when ready, serves, and ends cleanly on %s',
    async (signal) => {
      const serve = run('--port', '0', '--virtual-time');
      const line = await serve.firstLine;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';

      const response = await fetch(url, {
        method: 'POST',
        headers: { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' },
        body: '{}',
      });
      serve.process.kill(signal);

      expect(await response.json()).toEqual({ stateMachines: [] });
      expect(await serve.ended).toEqual({ code: 0, stdout: line, stderr: '' });
      expect(line).toMatch(/^Step Functions, Lambda, DynamoDB, SQS, SNS and EventBridge on .*virtual time\)\n$/);
      await expect(fetch(url)).rejects.toThrow();
    },
    20_000,
  );

  it('says in one line that its port is taken', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port));
    });

    const { code, stderr } = await run('--port', String(port)).ended;
    taken.close();

    expect(code).toBe(1);
    expect(stderr).toBe(
      `Port ${port} on 127.0.0.1 is in use. Stop the program that uses the port, or choose another port with --port.\n`,
    );
  }, 20_000);

  it('says in one line that its mock configuration is wrong', async () => {
    const { code, stderr } = await run('--port', '0', '--mocks', join(__dirname, 'none.json')).ended;

    expect(code).toBe(1);
    expect(stderr).toMatch(/^The mock configuration .*none\.json cannot be read: ENOENT.*\n$/);
  }, 20_000);

  it('explains itself, and what it does not understand', async () => {
    const [help, wrong] = await Promise.all([run('--help').ended, run('--colour', 'red').ended]);

    expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('--virtual-time') });
    expect(wrong).toEqual({ code: 2, stdout: '', stderr: 'Unknown option --colour. See --help.\n' });
  }, 20_000);
});
