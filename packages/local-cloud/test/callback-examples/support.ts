import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { AutoAdvancingClock, type LocalCloud, RealClock, startLocalCloud } from '../../src';
import { clientOptions } from '../support/client-options';
import { ended } from '../support/ended';
import { functionOf, type Resources, rolesOfServices, synthesized } from '../terraform/support/synthesized';

export const CLOCKS = [
  ['virtual', () => new AutoAdvancingClock()],
  ['real', () => new RealClock()],
] as const;

/** How a function answers callbacks: with the credentials and the endpoint of its environment, as an SDK does. */
export const ANSWER = `
  const call = async (operation, body) => {
    const response = await fetch(process.env.AWS_ENDPOINT_URL, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AWSStepFunctions.' + operation,
        'x-amz-date': '20260101T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(await response.text());
    }
  };
  const succeed = (taskToken, output) => call('SendTaskSuccess', { taskToken, output: JSON.stringify(output) });
`;

export const statement = (Action: string[], Resource: string) => ({ Effect: 'Allow', Action, Resource });

export const policyDocument = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** A stack with a state machine and one function, `answer`, and roles that may do what the statements say. */
export function callbackStack(
  definition: object,
  machineMay: object[],
  functionMay: object[],
  more: Resources = {},
): { resource: Resources; output: object } {
  return {
    resource: {
      aws_iam_role: rolesOfServices(),
      aws_iam_role_policy: {
        functions: {
          name: 'answer',
          policy: policyDocument(
            statement(['states:SendTaskSuccess'], '${aws_sfn_state_machine.machine.arn}'),
            ...functionMay,
          ),
          role: '${aws_iam_role.functions.name}',
        },
        machines: { name: 'send', policy: policyDocument(...machineMay), role: '${aws_iam_role.machines.name}' },
      },
      aws_lambda_function: { answer: functionOf('answer') },
      aws_sfn_state_machine: {
        machine: { name: 'machine', role_arn: '${aws_iam_role.machines.arn}', definition: JSON.stringify(definition) },
      },
      ...more,
    },
    output: { MachineArn: { value: '${aws_sfn_state_machine.machine.arn}' } },
  };
}

/** Serves the stack with this code as its function. */
export function startStack(stack: object, answer: string, clock: AutoAdvancingClock | RealClock): Promise<LocalCloud> {
  return startLocalCloud({ outDir: synthesized({ Example: stack }, { answer }), port: 0, clock });
}

/** Runs the state machine of the stack to its end. */
export async function run(cloud: LocalCloud, input: object = {}) {
  const client = new SFNClient(clientOptions(cloud.endpoint));
  try {
    const stateMachineArn = String(cloud.outputs.Example?.MachineArn);
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
    );
    return await ended(client, executionArn);
  } finally {
    client.destroy();
  }
}
