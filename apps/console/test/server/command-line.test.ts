import { HELP, readCommandLine } from '../../src/command-line';

describe('the command line', () => {
  it('leaves to the console what is not said', () => {
    expect(readCommandLine([])).toEqual({ help: false, target: {}, serve: {} });
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
    expect(readCommandLine([...args, '--allow-answers', '--all', '--aws'])).toEqual({
      help: false,
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
    [['--bogus'], "Unknown option '--bogus'. See --help."],
    [['--port', '-1'], "Option '--port' argument is ambiguous. See --help."],
    [['--port', '1e3'], '--port takes a whole number from 0 to 65535, not “1e3”.'],
    [['--executions', '0'], '--executions takes a whole number from 1 to 1000000, not “0”.'],
    [['--external-service', 'mock'], '--external-service takes a URL such as http://127.0.0.1:8080, not “mock”.'],
    [['--external-service', 'file:///x'], '--external-service takes a URL such as'],
  ])('refuses %j in one line', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(message);
    expect(() => readCommandLine(args)).toThrow(/^[^\n]*$/);
  });

  it('is all in the help', () => {
    expect(readCommandLine(['-h']).help).toBe(true);
    for (const option of [
      '--outputs',
      '--aws',
      '--port',
      '--executions',
      '--all',
      '--allow-answers',
      '--external-service',
    ]) {
      expect(HELP).toContain(option);
    }
  });
});
