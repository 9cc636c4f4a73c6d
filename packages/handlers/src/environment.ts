import { type EnvironmentOf, type FunctionName, VARIABLES, type VariableName } from '@workflows/contract';
import { ConfigurationError } from './errors';

/** How each kind of variable is read. */
const READ = { text: (text: string) => text, integer: readInteger, url: readUrl, baseUrl: readBaseUrl };

/**
 * The environment of a function: its own variables and no others, as the contract has them. Each is read when it is
 * accessed, so a bundle holds nothing of the functions beside its own.
 *
 * @throws ConfigurationError on access, naming the variable that is missing, or what it holds and what is allowed
 * @example
 * const environment = readEnvironment<'get-task'>();
 * const tableName = environment.TASKS_TABLE_NAME;
 */
export function readEnvironment<Name extends FunctionName>(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): EnvironmentOf<Name> {
  const variables = Object.keys(VARIABLES) as VariableName[];
  const properties = variables.map((name) => [name, { get: () => readVariable(name, environment[name]) }]);
  return Object.defineProperties({} as EnvironmentOf<Name>, Object.fromEntries(properties));
}

function readVariable(name: VariableName, text: string | undefined): string | number {
  if (text === undefined || text === '') {
    throw new ConfigurationError(
      `The environment variable ${name} is not set. Set it in the configuration of the function.`,
    );
  }
  const { kind } = VARIABLES[name];
  return READ[kind](text, name);
}

function readInteger(text: string, name: VariableName): number {
  const value = Number(text);
  const variable = VARIABLES[name];
  const minimum = 'minimum' in variable ? variable.minimum : 0;
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < minimum) {
    throw invalid(name, text, `a whole number of at least ${minimum}`);
  }
  return value;
}

function readUrl(text: string, name: VariableName): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw invalid(name, text, 'an absolute http or https URL');
  }
  return text;
}

/** The base URL of an API ends with a slash, so that paths can be appended. */
function readBaseUrl(text: string, name: VariableName): string {
  const url = readUrl(text, name);
  return url.endsWith('/') ? url : `${url}/`;
}

const invalid = (name: VariableName, text: string, allowed: string): ConfigurationError =>
  new ConfigurationError(`The environment variable ${name} is ${JSON.stringify(text)}: it must be ${allowed}.`);
