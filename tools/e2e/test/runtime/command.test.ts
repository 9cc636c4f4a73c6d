/** Proves what the command that `pnpm start` runs promises to people and to scripts: its exit codes and its messages. */
import { portOf, runToItsEnd, serve } from '../support/command-run';
import { it } from '../support/it';

describe('what cannot work', () => {
  it('a taken port is one line that names it, and exit 1', async () => {
    const taken = await serve(200);
    try {
      const port = portOf(taken);
      const { exit, printed } = await runToItsEnd({ port, args: ['--no-demo'] });

      expect(exit).toBe(1);
      expect(printed).toContain(String(port));
      expect(printed.trim().split('\n')).toHaveLength(1);
    } finally {
      taken.close();
    }
  });

  it('an invalid setting is named, and exit 1', async () => {
    const { exit, printed } = await runToItsEnd({
      args: ['--no-demo'],
      env: { WORKFLOWS_API_AUTHORIZATION: 'PASSWORD' },
    });

    expect(exit).toBe(1);
    expect(printed).toContain('WORKFLOWS_API_AUTHORIZATION');
    expect(printed).not.toMatch(/^\s+at /m);
  });

  it('an unknown option is named, and not exit 0', async () => {
    const { exit, printed } = await runToItsEnd({ args: ['--prot', '1'] });

    expect(exit).not.toBe(0);
    expect(printed).toContain('--prot');
  });
});

it('--help names every option and exits with 0', async () => {
  const { exit, printed } = await runToItsEnd({ args: ['--help'] });

  expect(exit).toBe(0);
  for (const option of ['--port', '--once', '--json', '--help']) {
    expect(printed).toContain(option);
  }
});
