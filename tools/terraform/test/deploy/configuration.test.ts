import { configure } from '../../src/deploy/configuration';

describe('configure', () => {
  it('points stacks, APIs and SDKs at the emulator, and takes the account of the user away', () => {
    const { env: configuration, account } = configure(
      { AWS_PROFILE: 'mine', AWS_SESSION_TOKEN: 'token', PATH: '/bin' },
      'http://localhost:14566',
    );

    expect(configuration).toEqual({
      PATH: '/bin',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://localhost:14566',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      WORKFLOWS_REGION: 'us-east-1',
      WORKFLOWS_NAME_PREFIX: 'e2e',
      WORKFLOWS_ENDPOINT_URL: 'http://localhost:14566',
      WORKFLOWS_EXECUTE_API_URL: 'http://localhost:14566/_aws/execute-api/{apiId}/{stage}',
    });
    expect(account).toMatchObject({ region: 'us-east-1', endpoint: 'http://localhost:14566' });
  });

  it('leaves the account of the user in place for AWS, with names of its own', () => {
    const { env: configuration, account } = configure({ AWS_PROFILE: 'mine', AWS_REGION: 'eu-central-1' }, undefined);

    expect(configuration).toEqual({
      AWS_PROFILE: 'mine',
      AWS_REGION: 'eu-central-1',
      WORKFLOWS_REGION: 'eu-central-1',
      WORKFLOWS_NAME_PREFIX: 'e2e',
    });
    expect(account).toEqual({ region: 'eu-central-1' });
  });

  it('keeps what is configured, and does not hand the stacks a variable that is not theirs', () => {
    const { env: configuration, prefix } = configure(
      { WORKFLOWS_NAME_PREFIX: 'mine', WORKFLOWS_TF_PROVIDER_MIRROR: '/mirror' },
      undefined,
    );

    expect(prefix).toBe('mine');
    expect(configuration).not.toHaveProperty('WORKFLOWS_TF_PROVIDER_MIRROR');
  });
});
