import { closest } from 'fastest-levenshtein';
import * as v from 'valibot';
import { ConfigError } from './config-error';
import { SETTINGS } from './settings';

/** The configuration of a deployment, read once and valid. */
export type Config = {
  readonly [Name in keyof typeof SETTINGS]: v.InferOutput<(typeof SETTINGS)[Name]['schema']>;
};

type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'WORKFLOWS_';
/** Variables of the Terraform commands. They may be set permanently and do not affect the synthesis. */
const FOREIGN: readonly string[] = ['WORKFLOWS_TF_PROVIDER_MIRROR'];
const VARIABLES: readonly string[] = Object.values(SETTINGS).map(({ variable }) => variable);

/**
 * Reads the `WORKFLOWS_…` variables. A variable that is empty counts as unset, as CI systems pass it.
 *
 * @throws {ConfigError} naming every variable that is unknown or has a value that is not allowed.
 */
export function readConfig(environment: Environment): Config {
  const problems = unknownVariables(environment);
  const values: Record<string, unknown> = {};
  for (const [name, { variable, allowed, schema }] of Object.entries(SETTINGS)) {
    const raw = environment[variable] || undefined;
    const parsed = v.safeParse(schema as v.GenericSchema<string | undefined>, raw);
    if (parsed.success) {
      values[name] = parsed.output;
    } else {
      problems.push(`${variable} is ${JSON.stringify(raw)}; allowed: ${allowed}.`);
    }
  }
  const config = values as Config;
  if (problems.length === 0) {
    problems.push(...contradictions(config));
  }
  if (problems.length > 0) {
    throw new ConfigError(problems);
  }
  return config;
}

function unknownVariables(environment: Environment): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !VARIABLES.includes(name) && !FOREIGN.includes(name))
    .sort()
    .map(
      (name) =>
        `${name} is not a setting; did you mean ${closest(name, VARIABLES)}? stacks/README.md lists all settings.`,
    );
}

function contradictions(config: Config): string[] {
  const problems: string[] = [];
  if (config.alarmEmail !== undefined && config.alarmTopicArn !== undefined) {
    problems.push(
      'WORKFLOWS_ALARM_EMAIL and WORKFLOWS_ALARM_TOPIC_ARN are both set; allowed: one of them. Subscribe the address to the topic instead.',
    );
  }
  if (config.stateRegion !== undefined && config.stateBucket === undefined) {
    problems.push('WORKFLOWS_STATE_REGION is set without WORKFLOWS_STATE_BUCKET. Set the bucket, or unset the region.');
  }
  if (config.planOffline && config.endpointUrl !== undefined) {
    problems.push('WORKFLOWS_PLAN_OFFLINE and WORKFLOWS_ENDPOINT_URL are both set; allowed: one of them.');
  }
  return problems;
}
