import { HELP, parseOptions } from '../src/options';

describe('options', () => {
  it('have defaults', () => {
    expect(parseOptions([])).toEqual({
      port: 4566,
      once: false,
      demonstrate: true,
      manual: false,
      json: false,
      retain: 10_000,
      directory: '.local',
      help: false,
    });
  });

  it('are read in both spellings', () => {
    expect(parseOptions(['--port=0', '--once', '--json', '--retain', '50', '--directory', 'd'])).toEqual({
      port: 0,
      once: true,
      manual: false,
      demonstrate: true,
      json: true,
      retain: 50,
      directory: 'd',
      help: false,
    });
    expect(parseOptions(['--no-demo'])).toMatchObject({ demonstrate: false, manual: false });
    expect(parseOptions(['--manual'])).toMatchObject({ demonstrate: false, manual: true });
  });

  it.each([
    [['--prot', '1'], "Unknown option '--prot'; see --help"],
    [['start'], "Unexpected argument 'start'"],
    [['--port'], '--port'],
    [['--port', 'abc'], '--port is "abc"; allowed is a number from 0 to 65525'],
    [['--port', '65526'], '--port is "65526"'],
    [['--port', '-1'], "Option '--port' argument is ambiguous; see --help"],
    [['--port', '1e3'], '--port is "1e3"'],
    [['--retain', '0'], '--retain is "0"; allowed is a number from 1 to 9999999'],
    [['--once', '--no-demo'], 'choose one of them'],
    [['--once', '--manual'], 'choose one of them'],
  ])('%j is refused in one line', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
    expect(() => parseOptions(args)).toThrow(/^[^\n]*$/);
  });

  it('are all in the help', () => {
    for (const option of ['--port', '--once', '--manual', '--no-demo', '--json', '--retain', '--directory', '--help']) {
      expect(HELP).toContain(option);
    }
  });
});
