/** Proves that no process outlives the command that started it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, startInBackground } from '../src';

const folder = mkdtempSync(join(tmpdir(), 'kit-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (script: string): [string, ...string[]] => [process.execPath, '-e', script];

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Starts a child of its own, writes both ids, and stays, whatever it is asked. */
const stubborn = (file: string): string => `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  process.on('SIGTERM', () => process.exit(0));
  child.once('spawn', () => require('node:fs').writeFileSync(${JSON.stringify(file)}, child.pid + ''));
  setInterval(() => {}, 1000);
`;

const writtenPid = async (file: string): Promise<number> => {
  for (;;) {
    try {
      const text = readFileSync(file, 'utf8');
      if (text !== '') {
        return Number(text);
      }
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe('run', () => {
  const options = { cwd: folder, env: {}, signal: new AbortController().signal };

  it('gives the exit code and what was printed, and keeps it in the log', async () => {
    const logFile = join(folder, 'logs/it.log');
    const finished = await run(node('console.log("out"); console.error("err"); process.exitCode = 3'), {
      ...options,
      logFile,
    });

    expect(finished).toMatchObject({ code: 3, stdout: 'out\n', stderr: 'err\n' });
    expect(readFileSync(logFile, 'utf8').split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  it('says in one line what cannot be started', async () => {
    await expect(run(['/does/not/exist'], options)).rejects.toThrow(/^Cannot start \/does\/not\/exist in .*ENOENT$/);
  });

  it('interrupts the process when aborted, and rejects after it has ended', async () => {
    const controller = new AbortController();
    const file = join(folder, 'interrupted');
    const script = `process.once('SIGINT', () => { require('node:fs').writeFileSync(${JSON.stringify(file)}, 'ended'); process.exit(0); }); console.error('ready'); setInterval(() => {}, 1000)`;
    const running = run(node(script), {
      ...options,
      signal: controller.signal,
      onStderr: () => controller.abort(new Error('interrupted by SIGINT')),
    });

    await expect(running).rejects.toThrow('interrupted by SIGINT');
    expect(readFileSync(file, 'utf8')).toBe('ended');
  });
});

describe('startInBackground', () => {
  it('is stopped together with the processes that it started', async () => {
    const file = join(folder, 'pid');
    const server = await startInBackground(node(stubborn(file)), {
      cwd: folder,
      env: {},
      logFile: join(folder, 'log'),
    });
    const grandchild = await writtenPid(file);
    await server.stop();

    expect(await server.ended).toBe(0);
    // A killed process stays in the table until init has seen to it.
    for (let tries = 0; isAlive(grandchild) && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(isAlive(grandchild)).toBe(false);
  });
});
