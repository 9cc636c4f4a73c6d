import { CommandError, defineCommand, main } from '@workflows/command-line';
import { textLog } from './log';
import { startServer } from './server';

const COMMAND = defineCommand({
  name: 'pnpm --filter @workflows/external-service start',
  description: 'Runs the mock external service, which accepts tasks and calls back when they are done.',
  options: {
    port: {
      kind: 'number',
      minimum: 0,
      maximum: 65_535,
      default: 8080,
      description: 'port to listen on; 0 selects a free port',
    },
    host: { kind: 'text', valueName: 'address', default: '127.0.0.1', description: 'address to listen on' },
    allowedPrefix: {
      kind: 'url',
      description: 'accept only callback URLs that start with this URL',
      defaultDescription: 'anywhere',
    },
    manual: { kind: 'flag', description: 'record tasks and never call back, so that a person can' },
  },
  notes: `Routes:
  POST   /external         accepts a task: {"id", "resumeToken", "callbackUrl", "payload"}
  GET    /requests[?id=…]  lists the received requests, including resume tokens
  DELETE /requests         forgets it`,
  exitCodes: { 0: 'stopped by Ctrl-C or SIGTERM', 1: 'the service could not start' },
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
  stdout(`The mock external service accepts tasks at ${server.url}/external\n`);
  await lifetime.untilInterrupted();
  return 0;
});
