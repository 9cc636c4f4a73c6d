import { describeFailure } from '../src';

const failure = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('a failure of a call to the target', () => {
  it('says what to set when there are no credentials', () => {
    expect(
      describeFailure(failure('CredentialsProviderError', 'Could not load credentials from any providers')),
    ).toMatch(/^No AWS credentials were found\. Set AWS_PROFILE/);
  });

  it('asks for the runtime when nothing answers', () => {
    expect(describeFailure(new Error('connect ECONNREFUSED 127.0.0.1:4566'))).toBe(
      'The endpoint does not respond. Check that the runtime is running.',
    );
  });

  it('keeps the name that AWS gave it', () => {
    expect(describeFailure(failure('AccessDeniedException', 'not allowed'))).toBe('AccessDeniedException: not allowed');
  });
});
