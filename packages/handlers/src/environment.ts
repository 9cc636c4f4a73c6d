import { ConfigurationError } from './errors';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads one environment variable that the function cannot work without.
 *
 * @throws ConfigurationError naming the variable when it is not set or empty
 */
export function requiredVariable(name: string, environment: Environment = process.env): string {
  const value = environment[name];
  if (value === undefined || value === '') {
    throw new ConfigurationError(`The environment variable ${name} is not set: the function cannot work without it.`);
  }
  return value;
}

/**
 * Reads a whole number.
 *
 * @throws ConfigurationError naming the variable, what it holds and what is allowed
 */
export function requiredInteger(name: string, minimum: number, environment: Environment = process.env): number {
  const text = requiredVariable(name, environment);
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < minimum) {
    throw new ConfigurationError(
      `The environment variable ${name} is ${JSON.stringify(text)}: it must be a whole number of at least ${minimum}.`,
    );
  }
  return value;
}

/**
 * Reads an absolute `http` or `https` URL.
 *
 * @throws ConfigurationError naming the variable and what it holds
 */
export function requiredUrl(name: string, environment: Environment = process.env): string {
  const text = requiredVariable(name, environment);
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new ConfigurationError(
      `The environment variable ${name} is ${JSON.stringify(text)}: it must be an absolute http or https URL.`,
    );
  }
  return text;
}

/** Reads the base URL of an API, which always ends with a slash so that paths can be appended. */
export function requiredBaseUrl(name: string, environment: Environment = process.env): string {
  const url = requiredUrl(name, environment);
  return url.endsWith('/') ? url : `${url}/`;
}
