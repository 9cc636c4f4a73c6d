import { deployTarget, parseDeployOptions } from '../../src/deploy/options';

describe('deployTarget', () => {
  it('starts an emulator when nothing is named', () => {
    expect(deployTarget({})).toEqual({ name: 'emulator', endpoint: undefined });
  });

  it('uses the emulator that AWS_ENDPOINT_URL names', () => {
    expect(deployTarget({ AWS_ENDPOINT_URL: 'http://localhost:4566' })).toEqual({
      name: 'emulator',
      endpoint: 'http://localhost:4566',
    });
  });

  it('deploys to AWS only when told so by name', () => {
    expect(deployTarget({ E2E_TARGET: 'aws' })).toEqual({ name: 'aws' });
  });

  it.each([
    [{ E2E_TARGET: 'aws', AWS_ENDPOINT_URL: 'http://localhost:4566' }, /both set/],
    [{ E2E_TARGET: 'local' }, 'E2E_TARGET is "local"; pnpm e2e:deploy knows emulator and aws.'],
  ])('refuses %j', (env, message) => {
    expect(() => deployTarget(env)).toThrow(message);
  });
});

describe('parseDeployOptions', () => {
  it('takes the options that the usage lists', () => {
    expect(parseDeployOptions(['--', '--two-stages', '--json'])).toEqual({ twoStages: true, json: true, help: false });
  });

  it('names an option that it does not know', () => {
    expect(() => parseDeployOptions(['--three-stages'])).toThrow(/'--three-stages'.*Usage: pnpm e2e:deploy/);
  });
});
