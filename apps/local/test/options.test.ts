import { help, parse, UsageError, type ValuesOf } from '@workflows/command-line';
import { START, startOptions } from '../src/options';

const read = (args: readonly string[]) => startOptions(parse(START, args) as ValuesOf<typeof START>);

describe('options', () => {
  it('have defaults', () => {
    expect(read([])).toEqual({
      port: 4566,
      once: false,
      demonstrate: true,
      manual: false,
      json: false,
      retain: 10_000,
      directory: '.local',
    });
  });

  it('are read in both spellings', () => {
    expect(read(['--port=0', '--once', '--json', '--retain', '50', '--directory', 'd'])).toEqual({
      port: 0,
      once: true,
      manual: false,
      demonstrate: true,
      json: true,
      retain: 50,
      directory: 'd',
    });
    expect(read(['--no-demo'])).toMatchObject({ demonstrate: false, manual: false });
    expect(read(['--manual'])).toMatchObject({ demonstrate: false, manual: true });
  });

  it.each(
    Object.entries({
      '--prot 1': 'Unknown option --prot. See --help.',
      start: 'Unexpected argument "start".',
      '--port': '--port',
      '--port abc': '--port is "abc". Allowed: a whole number from 0 to 65525.',
      '--port 65526': '--port is "65526"',
      '--port -1': '--port is "-1". Allowed: ',
      '--port 1e3': '--port is "1e3"',
      '--retain 0': '--retain is "0". Allowed: a whole number from 1 to 9999999.',
      '--once --no-demo': '--no-demo skips it. Use one of them.',
      '--once --manual': '--manual skips it. Use one of them.',
    }),
  )('%s is refused in one line', (line, message) => {
    const args = line.split(' ');

    expect(() => read(args)).toThrow(message);
    expect(() => read(args)).toThrow(UsageError);
    expect(() => read(args)).toThrow(/^[^\n]*$/);
  });

  it('are all in the help', () => {
    for (const option of ['--port', '--once', '--manual', '--no-demo', '--json', '--retain', '--directory', '--help']) {
      expect(help(START)).toContain(option);
    }
  });
});
