import { parse } from '@workflows/command-line';
import { DEPLOY, deployTarget } from '../../src/deploy/options';

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

  it('puts the Step Functions of this repository in front of an emulator that it starts', () => {
    expect(deployTarget({ E2E_TARGET: 'hybrid' })).toEqual({ name: 'hybrid' });
  });

  it.each([
    [{ E2E_TARGET: 'aws', AWS_ENDPOINT_URL: 'http://localhost:4566' }, /both set/],
    [{ E2E_TARGET: 'hybrid', AWS_ENDPOINT_URL: 'http://localhost:4566' }, /both set/],
    [{ E2E_TARGET: 'local' }, 'E2E_TARGET is "local"; pnpm e2e:deploy knows emulator, hybrid and aws.'],
  ])('refuses %j', (env, message) => {
    expect(() => deployTarget(env)).toThrow(message);
  });
});

describe('the options', () => {
  it('are those that the command declares', () => {
    expect(parse(DEPLOY, ['--', '--two-stages', '--json'])).toEqual({ twoStages: true, json: true });
  });

  it('are refused by name when they are not known', () => {
    expect(() => parse(DEPLOY, ['--three-stages'])).toThrow('Unknown option --three-stages. See --help.');
  });
});
