/**
 * Proves that the README's examples work as pasted: each marked block runs in a shell, one after the other, and
 * answers what the README shows.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { repositoryRoot } from '../../src/local-runtime';
import { examplesOf, isAsShown } from '../../src/readme';
import { waitUntil } from '../../src/wait';
import { it } from '../support/it';
import { Shell } from '../support/shell';

const examples = examplesOf(readFileSync(join(repositoryRoot, 'README.md'), 'utf8'));

describe("the README's examples", () => {
  it('answer as shown', async () => {
    const shell = new Shell(dirname(resolve(process.env.E2E_OUTPUTS ?? '.local/outputs.json')));
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
