import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SynthesisError, synthesizeApp } from '../../src';

const directory = mkdtempSync(join(tmpdir(), 'synthesize-app-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const app = (script: string): [string, ...string[]] => [process.execPath, '-e', script];

describe('synthesizeApp', () => {
  it('runs the app so that it writes below the folder, and removes the stacks of an earlier synthesis', async () => {
    const outDir = join(directory, 'out');
    mkdirSync(join(outDir, 'stacks', 'Renamed'), { recursive: true });

    await synthesizeApp({
      app: app('fs.writeFileSync(process.env.CDKTF_OUTDIR + "/manifest.json", process.env.SETTING)'),
      outDir,
      env: { SETTING: 'given' },
    });

    expect(readFileSync(join(outDir, 'manifest.json'), 'utf8')).toBe('given');
    expect(existsSync(join(outDir, 'stacks'))).toBe(false);
  });

  it.each([
    ['throw new RangeError("count is 0")', 'The stacks could not be synthesized: RangeError: count is 0'],
    ['console.error("count is 0"); process.exitCode = 1', 'The stacks could not be synthesized: count is 0'],
    ['process.exitCode = 3', 'The stacks could not be synthesized: exit code 3'],
  ])('says in one line what the app reported: %s', async (script, message) => {
    const synthesis = synthesizeApp({ app: app(script), outDir: directory });

    await expect(synthesis).rejects.toThrow(new SynthesisError(message));
  });

  it('ends the app when aborted', async () => {
    const signal = AbortSignal.abort(new Error('interrupted'));
    const synthesis = synthesizeApp({ app: app('setInterval(() => {}, 1000)'), outDir: directory, signal });

    await expect(synthesis).rejects.toMatchObject({ name: 'AbortError' });
  });
});
