import { PATTERNS, requireOutput } from '@workflows/contract';
import type { LocalCloud } from '@workflows/local-cloud';

export interface GuideOptions {
  /** URL of the console, printed again because the first output has scrolled away. */
  readonly consoleUrl: string;
  /** A person acts as the external service, so no mock can be told to fail. */
  readonly manual: boolean;
  /** Whether the APIs require a signature. */
  readonly signed: boolean;
}

/** Lists every endpoint, with commands that can be pasted into a shell. */
export function guide(
  cloud: LocalCloud,
  files: { readonly environment: string; readonly logsDir: string },
  { consoleUrl, manual, signed }: GuideOptions,
): string {
  const { accessKeyId, secretAccessKey } = cloud.credentials;
  const signature = signed
    ? ` --aws-sigv4 aws:amz:${cloud.region}:execute-api --user ${accessKeyId}:${secretAccessKey}`
    : '';
  const post = (url: string, body: object) =>
    `curl -sS${signature} -X POST ${url} -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
  const startExecution = (stateMachineArn: string, input: object) =>
    `curl -sS ${cloud.endpoint} -H 'x-amz-target: AWSStepFunctions.StartExecution' -H 'content-type: application/x-amz-json-1.0' -d '${JSON.stringify({ stateMachineArn, input: JSON.stringify(input) })}'`;
  const workflowApi = requireOutput(cloud.outputs, 'workflowApi');
  const examples: readonly (readonly [string, string])[] = [
    ...PATTERNS.map(({ title, description, start, stateMachine, example }): [string, string] => [
      `${title}: ${description}`,
      start.kind === 'execution'
        ? startExecution(requireOutput(cloud.outputs, stateMachine), example)
        : post(requireOutput(cloud.outputs, start.api) + start.path, example),
    ]),
    ...(manual
      ? []
      : [
          [
            'Callback workflow whose task fails',
            post(`${workflowApi}tasks`, { input: { mock: { outcome: 'fail' } } }),
          ] as const,
        ]),
  ];
  const endpoints = Object.values(cloud.outputs)
    .flatMap((outputs) => Object.entries(outputs))
    .filter(([, value]) => typeof value === 'string' && value.startsWith('http'))
    .map(([name, value]): [string, string] => [name, String(value)]);
  const rows = [
    [manual ? 'Console, inbox' : 'Console', consoleUrl],
    ...endpoints,
    ['AWS (Step Functions, Lambda, DynamoDB)', cloud.endpoint],
  ] as const;
  return [
    '\nEndpoints\n',
    ...rows.map(([name = '', url = '']) => `  ${name.padEnd(40)} ${url}\n`),
    '\nTry\n',
    ...examples.map(([what, line]) => `  ${what}:\n    ${line}\n`),
    manual ? '\nRequests to the external service appear in the inbox. Answer them there.\n' : '',
    `\nFor any AWS SDK or CLI: set -a; . ${files.environment}; set +a\n`,
    `Logs: ${files.logsDir}\n`,
    '\nPress Ctrl-C to stop.\n',
  ].join('');
}
