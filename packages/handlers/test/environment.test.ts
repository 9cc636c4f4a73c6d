/** Proves that a missing or unusable setting is one clear error that names it. */
import { requiredBaseUrl, requiredInteger, requiredUrl, requiredVariable } from '../src/environment';

describe('the environment', () => {
  it('gives what is set', () => {
    expect(requiredVariable('A', { A: 'x' })).toBe('x');
    expect(requiredInteger('N', 0, { N: '30' })).toBe(30);
    expect(requiredUrl('U', { U: 'https://x.example/external' })).toBe('https://x.example/external');
    expect(requiredBaseUrl('U', { U: 'https://x.example/prod' })).toBe('https://x.example/prod/');
  });

  it.each([{}, { A: '' }])('names a variable that is missing: %j', (environment) => {
    expect(() => requiredVariable('A', environment)).toThrow('The environment variable A is not set');
  });

  it.each(['-1', '1.5', 'x', '1e3', '6', '99999999999999999999'])(
    'refuses %j for a whole number of at least 7',
    (N) => {
      expect(() => requiredInteger('N', 7, { N })).toThrow(
        `The environment variable N is "${N}": it must be a whole number of at least 7.`,
      );
    },
  );

  it.each(['x', '/path', 'ftp://x', 'file:///etc/passwd'])('refuses %j for a URL', (U) => {
    expect(() => requiredUrl('U', { U })).toThrow('must be an absolute http or https URL');
  });
});
