import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lifetime, runCommand } from '@workflows/command-line';
import { start } from '../src/command';
import { START } from '../src/options';

describe('the command', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'local-command-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const run = async (args: readonly string[], isInterrupted = false) => {
    const said: string[] = [];
    const keep = (text: string) => void said.push(text);
    const context = { env: {}, lifetime: new Lifetime(), stdout: keep, stderr: keep };
    if (isInterrupted) {
      context.lifetime.interrupt(new Error('interrupted by SIGINT'));
    }
    const exitCode = await runCommand(START, args, context, (values) => start(values, context, false));
    return { exitCode, said: said.join('') };
  };

  it('that is ended before the demonstration is over has not succeeded', async () => {
    const { exitCode } = await run(['--once', '--port', '0', '--directory', directory], true);
    expect(exitCode).toBe(130);
  });

  it('that serves is meant to be ended', async () => {
    const { exitCode } = await run(['--port', '0', '--directory', directory], true);
    expect(exitCode).toBe(0);
  });

  it('says in one line that the directory is a file', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    const { exitCode, said } = await run(['--port', '0', '--directory', file]);
    expect(exitCode).toBe(1);
    expect(said).toMatch(/file.* could not be created \(ENOTDIR\)\. Choose another --directory\n$/);
    expect(said.trim()).not.toContain('\n');
  });
});
