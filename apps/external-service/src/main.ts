import { parseArgs } from 'node:util';
import { textLog } from './log';
import { startServer } from './server';

const HELP = `The mock external service: takes tasks, and calls back when it is done.

Usage: pnpm --filter @workflows/external-service start [options]

  --port <number>          port to listen on, 0 for any free one        (default: 8080)
  --host <address>         address to listen on                         (default: 127.0.0.1)
  --allowed-prefix <url>   call back only below this URL                (default: anywhere)
  --manual                 record tasks and never call back: a person does
  --help                   show this

  POST   /external         takes a task: {"id", "resumeToken", "callbackUrl", "payload"}
  GET    /requests[?id=…]  shows what was received, resume tokens included
  DELETE /requests         forgets it
`;

const OPTIONS = {
  port: { type: 'string', default: '8080' },
  host: { type: 'string', default: '127.0.0.1' },
  'allowed-prefix': { type: 'string' },
  manual: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line. @throws Error with one line that says what is wrong */
function readOptions(args: string[]) {
  const { values } = parseArgs({ args: args.filter((it) => it !== '--'), options: OPTIONS });
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) {
    throw new Error(`--port is ${JSON.stringify(values.port)}: it must be a number from 0 to 65535.`);
  }
  const prefix = values['allowed-prefix'];
  if (prefix !== undefined && !URL.canParse(prefix)) {
    throw new Error(`--allowed-prefix is ${JSON.stringify(prefix)}: it must be an absolute URL.`);
  }
  return { help: values.help, port, host: values.host, prefix, manual: values.manual };
}

async function main(): Promise<void> {
  const { help, port, host, prefix, manual } = readOptions(process.argv.slice(2));
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const server = await startServer({
    port,
    host,
    log: textLog,
    manual,
    ...(prefix === undefined ? {} : { allowedCallbackUrlPrefix: prefix }),
  });
  process.stdout.write(`The mock external service takes tasks at ${server.url}/external\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close());
  }
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  process.stderr.write(taken ? `${message}. Choose another port with --port.\n` : `${message}\n`);
  process.exitCode = 1;
});
