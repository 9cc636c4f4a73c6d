import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../src/command';

describe('the command', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'local-command-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const run = async (args: readonly string[], signal: AbortSignal) => {
    const said: string[] = [];
    const keep = (text: string) => void said.push(text);
    const exitCode = await runCommand(args, { stdout: keep, stderr: keep, colours: false }, signal);
    return { exitCode, said: said.join('') };
  };
  const running = () => new AbortController().signal;

  it('that is ended before the demonstration is over has not succeeded', async () => {
    const { exitCode } = await run(['--once', '--port', '0', '--directory', directory], AbortSignal.abort());
    expect(exitCode).toBe(130);
  });

  it('that serves is meant to be ended', async () => {
    const { exitCode } = await run(['--port', '0', '--directory', directory], AbortSignal.abort());
    expect(exitCode).toBe(0);
  });

  it('says in one line that the directory is a file', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    const { exitCode, said } = await run(['--port', '0', '--directory', file], running());
    expect(exitCode).toBe(1);
    expect(said).toMatch(/file.* cannot be made \(ENOTDIR\): choose another --directory\n$/);
    expect(said.trim()).not.toContain('\n');
  });
});
