import { once } from 'node:events';
import { relative, resolve } from 'node:path';
import { ConsolePortError } from '@workflows/console';
import { type ServerHandle, startServer } from '@workflows/external-service/server';
import { type LocalCloud, PortUnavailableError, startLocalCloud, UnsupportedError } from '@workflows/local-cloud';
import { openConsole } from './console';
import { demonstrate } from './demonstration/demonstrate';
import { CommandError } from './errors';
import { guide } from './guide';
import { describeRequest, jsonPrinter, Narrator, type Printer, textPrinter } from './narration';
import { HELP, type Options, parseOptions } from './options';
import { RuntimeFiles } from './runtime-files';
import { synthesize } from './synthesize';

/** Where the command writes to. */
export interface Terminal {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly colours: boolean;
}

/**
 * `pnpm start`.
 * @param signal aborts when the command is to end
 * @returns the exit code
 */
export async function runCommand(args: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<number> {
  let once = false;
  try {
    const options = parseOptions(args);
    if (options.help) {
      terminal.stdout(HELP);
      return 0;
    }
    once = options.once;
    return await serve(options, printerFor(options, terminal), signal);
  } catch (error) {
    // Serving is meant to be ended; a demonstration that was ended has not seen every workflow through.
    if (signal.aborted) {
      return once ? INTERRUPTED : 0;
    }
    const expected = EXPECTED_ERRORS.some((type) => error instanceof type);
    const { message, stack } = error as Error;
    terminal.stderr(`${expected ? message : (stack ?? String(error))}\n`);
    return 1;
  }
}

/** As shells report a command that Ctrl-C ended. */
const INTERRUPTED = 130;

const EXPECTED_ERRORS = [CommandError, ConsolePortError, PortUnavailableError, UnsupportedError];

async function serve(options: Options, printer: Printer, signal: AbortSignal): Promise<number> {
  const startedMs = performance.now();
  // Paths are shown as they can be pasted: from where the command was started.
  const files = new RuntimeFiles(relative(process.cwd(), resolve(options.directory)) || '.');
  // Closed in the order opposite to their opening, however far the start came.
  const open: { close(): Promise<void> }[] = [];
  const other = await files.servedBy();
  if (other !== undefined) {
    throw new CommandError(
      `${files.directory} is in use by the runtime at ${other}. End that one, or choose another folder with --directory and other ports with --port.`,
    );
  }
  try {
    const person = options.manual ? await manualService() : undefined;
    if (person !== undefined) {
      open.unshift(person);
    }
    const settings = person === undefined ? {} : { WORKFLOWS_EXTERNAL_SERVICE_URL: `${person.url}/external` };
    await synthesize(resolve(files.outDir), settings, signal);
    const cloud = await startLocalCloud({
      outDir: files.outDir,
      port: options.port,
      logsDir: files.logsDir,
      retainedExecutions: options.retain,
    });
    open.unshift(cloud);
    files.removeOldLogs();
    const page = options.once ? undefined : await openConsole(cloud, options.port, options.retain, person?.url);
    const consoleUrl = page === undefined ? undefined : `${page.url}${options.manual ? 'inbox' : ''}`;
    if (page !== undefined) {
      open.unshift(page);
    }
    if (consoleUrl !== undefined) {
      printer.console(consoleUrl);
    }
    narrate(cloud, printer);
    files.write(cloud);
    printer.ready(cloud, performance.now() - startedMs);
    const allWell = options.demonstrate ? await demonstrate(cloud, printer, signal) : true;
    if (consoleUrl === undefined) {
      return allWell ? 0 : 1;
    }
    const signed = process.env.WORKFLOWS_API_AUTHORIZATION === 'AWS_IAM';
    printer.guide(guide(cloud, files, { consoleUrl, manual: options.manual, signed }));
    if (!signal.aborted) {
      await once(signal, 'abort');
    }
    return 0;
  } finally {
    files.remove();
    for (const it of open) {
      await it.close();
    }
  }
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

function printerFor({ json }: Options, terminal: Terminal): Printer {
  const write = (text: string) => terminal.stdout(text);
  return json ? jsonPrinter(write, Date.now) : textPrinter(write, Date.now, terminal.colours);
}
