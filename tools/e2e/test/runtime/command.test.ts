/** Proves what the command `pnpm start` runs promises to people and to scripts: its exit codes and its messages. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalRuntime, type LocalRuntimeOptions } from '../../src/local-runtime';
import { it } from '../support/it';

/** Runs the command to its end. */
async function run(options: LocalRuntimeOptions, withinMs = 90_000) {
  const runtime = LocalRuntime.launch(options);
  try {
    const exit = await runtime.process.ended(withinMs);
    return { exit, printed: runtime.process.printed, files: runtime.files() };
  } finally {
    await runtime.discard();
  }
}

function serve(status: number): Promise<Server> {
  const server = createServer((_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}'),
  );
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

describe('--once', () => {
  it('exits with 0 when every workflow ended as it should, and with --json prints one document a line', async () => {
    const { exit, printed, files } = await run({ args: ['--once', '--json'] });

    expect({ exit, printed: exit === 0 ? '' : printed }).toEqual({ exit: 0, printed: '' });
    const lines = printed.trim().split('\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      expect(() => JSON.parse(line)).not.toThrow();
    }
    expect(files).not.toContain('outputs.json');
    expect(files).not.toContain('aws.env');
  }, 120_000);

  it('exits with 1 when a workflow did not: here, the external service refuses everything', async () => {
    const refusing = await serve(400);
    try {
      const url = `http://127.0.0.1:${portOf(refusing)}/external`;
      const { exit } = await run({ args: ['--once'], env: { WORKFLOWS_EXTERNAL_SERVICE_URL: url } });

      expect(exit).toBe(1);
    } finally {
      refusing.close();
    }
  }, 120_000);
});

describe('what cannot work', () => {
  it('a taken port is one line that names it, and exit 1', async () => {
    const taken = await serve(200);
    try {
      const port = portOf(taken);
      const { exit, printed } = await run({ port, args: ['--no-demo'] });

      expect(exit).toBe(1);
      expect(printed).toContain(String(port));
      expect(printed.trim().split('\n')).toHaveLength(1);
    } finally {
      taken.close();
    }
  }, 60_000);

  it('an invalid setting is named, and exit 1', async () => {
    const { exit, printed } = await run({ args: ['--no-demo'], env: { WORKFLOWS_API_AUTHORIZATION: 'PASSWORD' } });

    expect(exit).toBe(1);
    expect(printed).toContain('WORKFLOWS_API_AUTHORIZATION');
    expect(printed).not.toMatch(/^\s+at /m);
  }, 60_000);

  it('an unknown option is named, and not exit 0', async () => {
    const { exit, printed } = await run({ args: ['--prot', '1'] });

    expect(exit).not.toBe(0);
    expect(printed).toContain('--prot');
  }, 60_000);
});

it('--help names every option and exits with 0', async () => {
  const { exit, printed } = await run({ args: ['--help'] });

  expect(exit).toBe(0);
  for (const option of ['--port', '--once', '--json', '--help']) {
    expect(printed).toContain(option);
  }
}, 60_000);
