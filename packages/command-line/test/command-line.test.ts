import {
  type CommandContext,
  CommandError,
  defineCommand,
  help,
  Lifetime,
  parse,
  runCommand,
  UsageError,
} from '../src';

const COMMAND = defineCommand({
  name: 'pnpm example',
  description: 'Does nothing, well.',
  options: {
    id: { kind: 'text', positional: true, description: 'what to look at' },
    port: { kind: 'number', minimum: 0, maximum: 65_535, default: 4566, description: 'port to listen on' },
    dryRun: { kind: 'flag', description: 'changes nothing' },
    directory: { kind: 'text', valueName: 'path', default: '.local', description: 'where files go' },
    region: {
      kind: 'text',
      format: { pattern: /^[a-z]+-\d$/, description: 'a region such as mars-1' },
      description: 'region of the ARNs',
    },
    stack: { kind: 'list', valueName: 'name', description: 'plan only this stack; can be repeated' },
    fault: { kind: 'choice', allowed: ['crash', 'delay'], description: 'a fault' },
    service: { kind: 'url', protocols: ['http:', 'https:'], description: 'base URL of the service' },
  },
  exitCodes: { 0: 'done', 1: 'not done' },
});

describe('parse', () => {
  it('gives the default of what is not said', () => {
    expect(parse(COMMAND, [])).toEqual({
      id: undefined,
      port: 4566,
      dryRun: false,
      directory: '.local',
      region: undefined,
      stack: [],
      fault: undefined,
      service: undefined,
    });
  });

  it('reads options in both spellings, arguments, and lists', () => {
    const args = ['order-1', '--port=0', '--dry-run', '--directory', 'd', '--region', 'mars-1', '--stack', 'A'];
    expect(parse(COMMAND, [...args, '--stack=B', '--fault', 'delay', '--service', 'http://[::1]:8080'])).toEqual({
      id: 'order-1',
      port: 0,
      dryRun: true,
      directory: 'd',
      region: 'mars-1',
      stack: ['A', 'B'],
      fault: 'delay',
      service: 'http://[::1]:8080',
    });
  });

  it('takes the separator that a package manager passes on', () => {
    expect(parse(COMMAND, ['--', '--port', '5000'])).toMatchObject({ port: 5000 });
  });

  it('reads numbers that are given without their names, in the order of declaration', () => {
    const number = { kind: 'number', positional: true, minimum: 1, description: 'number of workflows' } as const;
    const command = defineCommand({ ...COMMAND, options: { minutes: { ...number, default: 60 }, rate: number } });

    expect(parse(command, ['5', '2'])).toEqual({ minutes: 5, rate: 2 });
    expect(parse(command, [])).toEqual({ minutes: 60, rate: undefined });
    expect(() => parse(command, ['5', 'many'])).toThrow(
      '<rate> is "many". Allowed: a whole number from 1. See --help.',
    );
    expect(() => parse(command, ['--rate', '1'])).toThrow('Unknown option --rate.');
  });

  it.each(['--help', '-h'])('knows %s', (flag) => {
    expect(parse(COMMAND, [flag, '--port', '1'])).toBe('help');
  });

  it.each([
    [['--prot', '1'], 'Unknown option --prot. See --help.'],
    [['-x'], 'Unknown option -x. See --help.'],
    [['one', 'two'], 'Unexpected argument "two". See --help.'],
    [['--port'], '--port has no value. Allowed: a whole number from 0 to 65535. See --help.'],
    [['--port', 'many'], '--port is "many". Allowed: a whole number from 0 to 65535. See --help.'],
    ...['65536', '-1', '1e3', ''].map((port): [string[], string] => [
      ['--port', port],
      `--port is "${port}". Allowed: `,
    ]),
    [['--port='], '--port is "". Allowed: '],
    [['--directory', '--dry-run'], '--directory has no value. Allowed: any text. See --help.'],
    [['--dry-run=yes'], '--dry-run is "yes". It takes no value. See --help.'],
    [['--region', 'Mars'], '--region is "Mars". Allowed: a region such as mars-1. See --help.'],
    [['--fault', 'none'], '--fault is "none". Allowed: crash, delay. See --help.'],
    [['--service', 'mock'], '--service is "mock". Allowed: an absolute URL that starts with http:// or https://.'],
    [['--service', 'file:///x'], '--service is "file:///x". Allowed: '],
  ])('refuses %j in one line', (args, message) => {
    expect(() => parse(COMMAND, args)).toThrow(UsageError);
    expect(() => parse(COMMAND, args)).toThrow(message);
    expect(() => parse(COMMAND, args)).toThrow(/^[^\n]*$/);
  });

  it('names an argument that is missing', () => {
    const command = defineCommand({
      ...COMMAND,
      options: { id: { kind: 'text', positional: true, required: true, description: 'what to look at' } },
    });

    expect(() => parse(command, [])).toThrow('<id> is missing. See --help.');
  });
});

describe('help', () => {
  it('is made of what the command declares', () => {
    expect(help({ ...COMMAND, notes: 'It looks here.' })).toBe(`Usage: pnpm example [id] [options]

Does nothing, well.

Arguments:
  [id]  what to look at

Options:
  --port <number>     port to listen on (default: 4566)
  --dry-run           changes nothing
  --directory <path>  where files go (default: .local)
  --region <text>     region of the ARNs
  --stack <name>      plan only this stack; can be repeated
  --fault <name>      a fault: crash, delay
  --service <url>     base URL of the service
  --help              show this

It looks here.

Exit codes:
  0  done
  1  not done
  2  invalid usage
`);
  });

  it('says so when the code for wrong usage means something else, too', () => {
    expect(help({ ...COMMAND, wrongUsage: 1 })).toContain('  1  not done, or invalid usage\n');
  });
});

describe('runCommand', () => {
  const run = async (
    args: readonly string[],
    work: (context: CommandContext) => Promise<number> | number,
    overrides = {},
  ) => {
    const said: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
    const context: CommandContext = {
      env: {},
      lifetime: new Lifetime(),
      stdout: (text) => void said.stdout.push(text),
      stderr: (text) => void said.stderr.push(text),
    };
    const code = await runCommand({ ...COMMAND, ...overrides }, args, context, () => work(context));
    return { code, stdout: said.stdout.join(''), stderr: said.stderr.join('') };
  };

  it('returns the exit code of the work', async () => {
    expect(await run([], () => 3)).toEqual({ code: 3, stdout: '', stderr: '' });
  });

  it('answers --help, and does no work', async () => {
    const { code, stdout } = await run(['--help'], () => 1);

    expect({ code, stdout }).toEqual({ code: 0, stdout: help(COMMAND) });
  });

  it('says in one line what is wrong with the command line, and exits with 2', async () => {
    expect(await run(['--prot'], () => 0)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Unknown option --prot. See --help.\n',
    });
    expect(await run(['--prot'], () => 0, { wrongUsage: 1 })).toMatchObject({ code: 1 });
  });

  it('shows the message of an error that the user can put right, and where any other comes from', async () => {
    const expected = await run([], () => Promise.reject(new CommandError('The port is in use.')));
    const declared = await run([], () => Promise.reject(new RangeError('Too far.')), { expectedErrors: [RangeError] });
    const unexpected = await run([], () => Promise.reject(new TypeError('is not a function')));

    expect(expected).toEqual({ code: 1, stdout: '', stderr: 'The port is in use.\n' });
    expect(declared.stderr).toBe('Too far.\n');
    expect(unexpected.stderr).toMatch(/^TypeError: is not a function\n +at /);
  });

  it('cleans up in reverse order, also after a failure, and a failure there counts', async () => {
    const done: string[] = [];
    const { code, stderr } = await run([], ({ lifetime }) => {
      lifetime.atEnd(() => void done.push('first'));
      lifetime.atEnd(() => Promise.reject(new CommandError('It does not stop.')));
      lifetime.atEnd(() => void done.push('last'));
      return 0;
    });

    expect({ code, stderr, done }).toEqual({ code: 1, stderr: 'It does not stop.\n', done: ['last', 'first'] });
  });

  it('ends quietly with the code of the signal when it is interrupted', async () => {
    const interrupted = await run([], ({ lifetime }) => {
      lifetime.interrupt(new Error('interrupted by SIGTERM'), 143);
      lifetime.signal.throwIfAborted();
      return 0;
    });

    expect(interrupted).toEqual({ code: 143, stdout: '', stderr: '' });
  });

  it('ends with 0 when it is a service that is interrupted', async () => {
    const service = await run([], async ({ lifetime }) => {
      setImmediate(() => lifetime.interrupt(new Error('interrupted by SIGINT')));
      await lifetime.untilInterrupted();
      return 1;
    });

    expect(service).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
