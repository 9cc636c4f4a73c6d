import { readOptions, UsageError } from '../../src/serve/options';

describe('the command line of serve', () => {
  it('has defaults', () => {
    expect(readOptions([])).toEqual({ port: 4566, virtualTime: false });
  });

  it('reads every option', () => {
    expect(
      readOptions(['--port', '0', '--region', 'eu-west-1', '--logs', 'logs', '--virtual-time', '--idle-ms', '50']),
    ).toEqual({ port: 0, region: 'eu-west-1', logsDir: 'logs', virtualTime: true, idleMs: 50 });
  });

  it('takes the separator that pnpm hands on', () => {
    expect(readOptions(['--', '--port', '5000'])).toMatchObject({ port: 5000 });
  });

  it.each(['--help', '-h'])('shows help for %s', (flag) => {
    expect(readOptions([flag])).toBe('help');
  });

  it.each([
    [['--port', 'many'], '--port must be a whole number from 0 to 65535. Received: many'],
    [['--port', '65536'], '--port must be a whole number from 0 to 65535. Received: 65536'],
    [['--port', ''], '--port must be a whole number from 0 to 65535. Received: '],
    [['--idle-ms', '5'], '--idle-ms needs --virtual-time.'],
    [['--region', 'Mars'], '--region must be the name of a region such as us-east-1. Received: Mars'],
    [['--prot', '1'], "Unknown option '--prot'"],
    [['extra'], "Unexpected argument 'extra'"],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(message);
  });
});
