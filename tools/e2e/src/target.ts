/** What the suite knows of a target: the outputs of its stacks, and where its AWS API listens. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Targets that the suite knows. `local` is started by the suite itself; the others are deployed beforehand. `hybrid` is
 * an emulator with the Step Functions of this repository in front of it.
 */
export const targetNames = ['local', 'emulator', 'hybrid', 'aws'] as const;

export type TargetName = (typeof targetNames)[number];

/** The outputs that the suite uses, by stack. They are public contract. */
const requiredOutputs = {
  WorkflowsLambdaStack: ['WorkflowLambdaStateMachineArn'],
  WorkflowIdempotentStack: ['WorkflowIdempotentApiEndpoint', 'WorkflowIdempotentStateMachineArn'],
  WorkflowsStack: [
    'WorkflowApiEndpoint',
    'WorkflowStateMachineArn',
    'CompositeWorkflowStateMachineArn',
    'TasksTableName',
  ],
} as const;

/** A deployment under test. API endpoints end in a slash. */
export interface Target {
  readonly name: TargetName;
  readonly workflowLambdaStateMachineArn: string;
  readonly idempotentApiEndpoint: string;
  readonly idempotentStateMachineArn: string;
  readonly workflowApiEndpoint: string;
  readonly workflowStateMachineArn: string;
  readonly compositeStateMachineArn: string;
  readonly tasksTableName: string;
  /** Absent when the deployment uses a service outside of it instead of the mock. */
  readonly serviceApiEndpoint: string | undefined;
  /** The AWS API to use; absent for AWS itself. */
  readonly awsEndpointUrl: string | undefined;
}

/** The target cannot be used: the message names what is missing and how to give it. */
class TargetError extends Error {
  override readonly name = 'TargetError';
}

/**
 * Reads `E2E_TARGET` (default `local`).
 *
 * @throws {TargetError} for any other value than one of {@link targetNames}
 */
export function targetName(env: NodeJS.ProcessEnv): TargetName {
  const value = env.E2E_TARGET ?? 'local';
  const name = targetNames.find((known) => known === value);
  if (name === undefined) {
    throw new TargetError(`E2E_TARGET is ${JSON.stringify(value)}; it has to be one of ${targetNames.join(', ')}.`);
  }
  return name;
}

/**
 * Describes the target that the environment names.
 *
 * `E2E_OUTPUTS` is a file in the shape of `cdktf deploy --outputs-file` (default `.local/outputs.json`).
 *
 * @throws {TargetError} naming the variable, file or output that is missing
 * @see https://developer.hashicorp.com/terraform/cdktf/concepts/variables-and-outputs#define-outputs
 */
export function loadTarget(env: NodeJS.ProcessEnv, directory: string): Target {
  const name = targetName(env);
  const file = resolve(directory, env.E2E_OUTPUTS ?? '.local/outputs.json');
  const outputs = parseOutputs(readOutputs(file), file);
  const awsEndpointUrl = env.AWS_ENDPOINT_URL;
  if (name !== 'aws' && awsEndpointUrl === undefined) {
    throw new TargetError(`AWS_ENDPOINT_URL is not set; E2E_TARGET=${name} needs the URL of its AWS API.`);
  }
  return {
    name,
    awsEndpointUrl,
    workflowLambdaStateMachineArn: outputs('WorkflowsLambdaStack', 'WorkflowLambdaStateMachineArn'),
    idempotentApiEndpoint: withSlash(outputs('WorkflowIdempotentStack', 'WorkflowIdempotentApiEndpoint')),
    idempotentStateMachineArn: outputs('WorkflowIdempotentStack', 'WorkflowIdempotentStateMachineArn'),
    workflowApiEndpoint: withSlash(outputs('WorkflowsStack', 'WorkflowApiEndpoint')),
    workflowStateMachineArn: outputs('WorkflowsStack', 'WorkflowStateMachineArn'),
    compositeStateMachineArn: outputs('WorkflowsStack', 'CompositeWorkflowStateMachineArn'),
    tasksTableName: outputs('WorkflowsStack', 'TasksTableName'),
    serviceApiEndpoint: outputs.optional('WorkflowsStack', 'ServiceApiEndpoint'),
  };
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

function readOutputs(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new TargetError(
      `There is no outputs file ${file}. Start the embedded runtime, or deploy with --outputs-file, and name the file in E2E_OUTPUTS.`,
      { cause },
    );
  }
}

interface Outputs {
  (stack: string, output: string): string;
  optional(stack: string, output: string): string | undefined;
}

function parseOutputs(text: string, file: string): Outputs {
  const content: unknown = parseJson(text, file);
  const find = (stack: string, output: string): string | undefined => {
    const value = property(property(content, stack), output);
    return typeof value === 'string' ? value : undefined;
  };
  const missing = Object.entries(requiredOutputs).flatMap(([stack, names]) =>
    names.filter((output) => find(stack, output) === undefined).map((output) => `${stack}.${output}`),
  );
  if (missing.length > 0) {
    throw new TargetError(`${file} lacks ${missing.join(', ')}. Deploy every stack: cdktf deploy '*' --outputs-file.`);
  }
  return Object.assign((stack: string, output: string) => find(stack, output) ?? '', { optional: find });
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TargetError(`${file} is not JSON.`, { cause });
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
