/**
 * The bindings describe provider 6, yet the stacks set only what 5.100 knows as well, so both will do: an account that
 * cannot move to provider 6 yet can still deploy.
 */
export const AWS_PROVIDER_VERSIONS = '>= 5.100.0, < 7.0.0';

/** `use_lockfile` of the S3 backend is stable from here on. */
export const TERRAFORM_VERSIONS = '>= 1.10.0';

/** The environment whose data may be deleted without asking. */
export const DEVELOPMENT = 'dev';
