/** Proves that `pnpm start --once` says by its exit code how every workflow ended. */
import { portOf, runToItsEnd, serve } from '../support/command-run';
import { it } from '../support/it';

describe('--once', () => {
  it('exits with 0 when every workflow ended as expected, and with --json prints one document a line', async () => {
    const { exit, printed, files } = await runToItsEnd({ args: ['--once', '--json'] });

    expect({ exit, printed: exit === 0 ? '' : printed }).toEqual({ exit: 0, printed: '' });
    const lines = printed.trim().split('\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      expect(() => JSON.parse(line)).not.toThrow();
    }
    expect(files).not.toContain('outputs.json');
    expect(files).not.toContain('aws.env');
  });

  it('exits with 1 when a workflow did not: here, the external service refuses everything', async () => {
    const refusing = await serve(400);
    try {
      const url = `http://127.0.0.1:${portOf(refusing)}/external`;
      const { exit } = await runToItsEnd({ args: ['--once'], env: { WORKFLOWS_EXTERNAL_SERVICE_URL: url } });

      expect(exit).toBe(1);
    } finally {
      refusing.close();
    }
  });
});
