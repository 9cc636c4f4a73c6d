import { help, parse, UsageError, type ValuesOf } from '@workflows/command-line';
import { CONSOLE, consoleOptions } from '../../src/command-line';

const read = (args: readonly string[]) => consoleOptions(parse(CONSOLE, args) as ValuesOf<typeof CONSOLE>);

describe('the command line', () => {
  it('leaves to the console what is not said', () => {
    expect(read([])).toEqual({ target: {}, serve: {} });
  });

  it('says where to look and how', () => {
    const args = [
      '--outputs',
      'outputs.json',
      '--port=0',
      '--executions',
      '50',
      '--external-service',
      'http://[::1]:8080',
    ];
    expect(read([...args, '--allow-answers', '--all', '--aws'])).toEqual({
      target: { outputsFile: 'outputs.json', aws: true },
      serve: {
        port: 0,
        executionLimit: 50,
        allStateMachines: true,
        allowAnswers: true,
        externalServiceUrl: 'http://[::1]:8080',
      },
    });
  });

  it.each([
    [['--bogus'], 'Unknown option --bogus. See --help.'],
    [['--port', '-1'], '--port is "-1". Allowed: a whole number from 0 to 65535. See --help.'],
    [['--port', '1e3'], '--port is "1e3". Allowed: '],
    [['--executions', '0'], '--executions is "0". Allowed: a whole number from 1 to 1000000.'],
    [
      ['--external-service', 'mock'],
      '--external-service is "mock". Allowed: an absolute URL that starts with http:// or https://.',
    ],
    [['--external-service', 'file:///x'], '--external-service is "file:///x". Allowed: '],
  ])('refuses %j in one line', (args, message) => {
    expect(() => read(args)).toThrow(message);
    expect(() => read(args)).toThrow(UsageError);
    expect(() => read(args)).toThrow(/^[^\n]*$/);
  });

  it('is all in the help', () => {
    expect(parse(CONSOLE, ['-h'])).toBe('help');
    for (const option of [
      '--outputs',
      '--aws',
      '--port',
      '--executions',
      '--all',
      '--allow-answers',
      '--external-service',
    ]) {
      expect(help(CONSOLE)).toContain(option);
    }
  });
});
