import { CommandError, defineCommand, main } from '@workflows/command-line';
import { textLog } from './log';
import { startServer } from './server';

const COMMAND = defineCommand({
  name: 'pnpm --filter @workflows/external-service start',
  description: 'The mock external service: takes tasks, and calls back when they are done.',
  options: {
    port: {
      kind: 'number',
      minimum: 0,
      maximum: 65_535,
      default: 8080,
      description: 'port to listen on, 0 for any free one',
    },
    host: { kind: 'text', valueName: 'address', default: '127.0.0.1', description: 'address to listen on' },
    allowedPrefix: { kind: 'url', description: 'call back only below this URL', defaultDescription: 'anywhere' },
    manual: { kind: 'flag', description: 'record tasks and never call back: a person does' },
  },
  notes: `Routes:
  POST   /external         takes a task: {"id", "resumeToken", "callbackUrl", "payload"}
  GET    /requests[?id=…]  shows what was received, resume tokens included
  DELETE /requests         forgets it`,
  exitCodes: { 0: 'ended by Ctrl-C or SIGTERM', 1: 'the service cannot start' },
});

void main(COMMAND, async ({ allowedPrefix, host, manual, port }, { lifetime, stdout }) => {
  const server = await startServer({
    port,
    host,
    log: textLog,
    manual,
    ...(allowedPrefix === undefined ? {} : { allowedCallbackUrlPrefix: allowedPrefix }),
  }).catch((error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE';
    throw new CommandError(taken ? `${error.message}. Choose another port with --port.` : error.message);
  });
  lifetime.atEnd(() => server.close());
  stdout(`The mock external service takes tasks at ${server.url}/external\n`);
  await lifetime.untilInterrupted();
  return 0;
});
