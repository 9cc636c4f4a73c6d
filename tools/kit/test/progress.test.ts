import { Progress } from '../src';

const shown = async (isTTY: boolean, env: NodeJS.ProcessEnv): Promise<string> => {
  const written: string[] = [];
  const progress = new Progress({ isTTY, write: (text) => written.push(text) }, env);
  await progress.step('plan', async () => undefined);
  return written.join('');
};

describe('Progress', () => {
  it('prints one plain line for a step where nobody watches', async () => {
    expect(await shown(false, {})).toMatch(/^✓ plan \d+\.\d s\n$/);
  });

  it('uses colour on a terminal, unless NO_COLOR is set', async () => {
    expect(await shown(true, {})).toContain('\u001b[32m✓');
    expect(await shown(true, { NO_COLOR: '1' })).not.toContain('\u001b[32m');
  });

  it('marks a step that failed and passes its error on', async () => {
    const written: string[] = [];
    const progress = new Progress({ write: (text) => written.push(text) }, {});

    await expect(progress.step('plan', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(written.join('')).toMatch(/^✗ plan/);
  });
});
