/**
 * The bindings describe provider 6, yet the stacks set only what 5.100 knows as well, so both will do: an account that
 * cannot move to provider 6 yet can still deploy.
 */
export const AWS_PROVIDER_VERSIONS = '>= 5.100.0, < 7.0.0';

/** `use_lockfile` of the S3 backend is stable from here on. */
export const TERRAFORM_VERSIONS = '>= 1.10.0';

/** The environment whose data may be deleted without asking. */
export const DEVELOPMENT = 'dev';

/** For how long AWS keeps an execution after its end, and its name taken. */
export const EXECUTION_RETENTION_DAYS = 90;

export const SECONDS_PER_DAY = 86_400;

/** A gateway answers for a function after 29 seconds; the function gives up before, and says why. */
export const API_FUNCTION_TIMEOUT_SECONDS = 25;
