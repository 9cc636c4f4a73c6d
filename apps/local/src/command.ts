import { relative, resolve } from 'node:path';
import { type CommandContext, CommandError, type Lifetime, type ValuesOf } from '@workflows/command-line';
import { type ServerHandle, startServer } from '@workflows/external-service/server';
import { type LocalCloud, startLocalCloud } from '@workflows/local-cloud';
import { openConsole } from './console';
import { demonstrate } from './demonstration/demonstrate';
import { guide } from './guide';
import { describeRequest, jsonPrinter, Narrator, type Printer, textPrinter } from './narration';
import { type Options, type START, startOptions } from './options';
import { RuntimeFiles } from './runtime-files';
import { synthesize } from './synthesize';

/** `pnpm start`. @returns the exit code */
export function start(
  values: ValuesOf<typeof START>,
  { lifetime, stdout }: CommandContext,
  colours: boolean,
): Promise<number> {
  const options = startOptions(values);
  // Serving is meant to be ended; a demonstration that was ended has not seen every workflow through.
  if (!options.once) {
    lifetime.runAsService();
  }
  const printer = options.json ? jsonPrinter(stdout, Date.now) : textPrinter(stdout, Date.now, colours);
  return serve(options, printer, lifetime);
}

/** What is opened is closed in the order opposite to its opening, however far the start comes. */
async function serve(options: Options, printer: Printer, lifetime: Lifetime): Promise<number> {
  const startedMs = performance.now();
  // Paths are shown as they can be pasted: from where the command was started.
  const files = new RuntimeFiles(relative(process.cwd(), resolve(options.directory)) || '.');
  const other = await files.servedBy();
  if (other !== undefined) {
    throw new CommandError(
      `${files.directory} is in use by the runtime at ${other}. Stop that runtime, or choose another folder with --directory and other ports with --port.`,
    );
  }
  const person = options.manual ? await manualService() : undefined;
  if (person !== undefined) {
    lifetime.atEnd(() => person.close());
  }
  const settings = person === undefined ? {} : { WORKFLOWS_EXTERNAL_SERVICE_URL: `${person.url}/external` };
  await synthesize(resolve(files.outDir), settings, lifetime.signal);
  const cloud = await startLocalCloud({
    outDir: files.outDir,
    port: options.port,
    logsDir: files.logsDir,
    retainedExecutions: options.retain,
  });
  lifetime.atEnd(() => cloud.close());
  files.removeOldLogs();
  const page = options.once ? undefined : await openConsole(cloud, options.port, options.retain, person?.url);
  const consoleUrl = page === undefined ? undefined : `${page.url}${options.manual ? 'inbox' : ''}`;
  if (page !== undefined) {
    lifetime.atEnd(() => page.close());
  }
  if (consoleUrl !== undefined) {
    printer.console(consoleUrl);
  }
  narrate(cloud, printer);
  lifetime.atEnd(() => files.remove());
  files.write(cloud);
  printer.ready(cloud, performance.now() - startedMs);
  const allWell = options.demonstrate ? await demonstrate(cloud, printer, lifetime.signal) : true;
  if (consoleUrl === undefined) {
    return allWell ? 0 : 1;
  }
  const signed = process.env.WORKFLOWS_API_AUTHORIZATION === 'AWS_IAM';
  printer.guide(guide(cloud, files, { consoleUrl, manual: options.manual, signed }));
  await lifetime.untilInterrupted();
  return 0;
}

/** The external service that calls back only through a person. */
function manualService(): Promise<ServerHandle> {
  return startServer({ port: 0, host: '127.0.0.1', log: () => undefined, manual: true });
}

function narrate(cloud: LocalCloud, printer: Printer): void {
  const narrator = new Narrator();
  cloud.events.on('history', (notice) => {
    const step = narrator.tell(notice);
    if (step !== undefined) {
      printer.step(step);
    }
  });
  // Reading is what people and the demonstration do all the time.
  cloud.events.on('request', (report) => {
    if (report.method !== 'GET') {
      printer.step(describeRequest(report));
    }
  });
  cloud.events.on('warning', (text) => printer.step({ who: 'runtime', kind: 'bad', text }));
}
