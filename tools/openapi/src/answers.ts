import { PROBLEMS } from '@workflows/contract';
import type { Answer, Json, Operation } from './model';

/** What any route may answer, beside what is its own. */
const COMMON_PROBLEMS: Readonly<Record<string, readonly string[]>> = {
  '500': ['internal-error'],
  '503': ['temporarily-unavailable'],
};

/** Answers that API Gateway gives by itself, in its own words. */
const GATEWAY_ANSWERS: Readonly<Record<string, string>> = {
  '400': 'API Gateway rejected the request as malformed HTTP.',
  '403':
    'The deployment requires a signature (`WORKFLOWS_API_AUTHORIZATION=AWS_IAM`), and the signature is missing, invalid or not authorized to call the route.',
  '413': 'The body exceeds 10 MB.',
  '429': 'The stage throttled the request.',
  '500': 'The function could not be invoked.',
  '503': 'The function did not respond in time.',
};

const TITLES = new Map<string, string>(Object.entries(PROBLEMS).map(([code, [, title]]) => [code, title]));

const ref = (kind: 'schemas' | 'headers', name: string): Json => ({ $ref: `#/components/${kind}/${name}` });

/** The `responses` of one operation: its answers, its problems, and what the gateway may say. */
export function toResponses({ answers, problems }: Operation): Json {
  const statuses = new Set([
    ...Object.keys(problems),
    ...Object.keys(COMMON_PROBLEMS),
    ...Object.keys(GATEWAY_ANSWERS),
  ]);
  const failures = [...statuses].map((status): [string, Json] => [
    status,
    toProblem([...(problems[status] ?? []), ...(COMMON_PROBLEMS[status] ?? [])], GATEWAY_ANSWERS[status]),
  ]);
  const successes = Object.entries(answers).map(([status, answer]): [string, Json] => [status, toAnswer(answer)]);
  return Object.fromEntries([...successes, ...failures].sort(([a], [b]) => Number(a) - Number(b)));
}

function toAnswer({ description, schema, headers = [], example }: Answer): Json {
  return {
    description,
    ...(headers.length === 0
      ? {}
      : { headers: Object.fromEntries(headers.map((name) => [name, ref('headers', name)])) }),
    ...(schema === undefined
      ? {}
      : {
          content: {
            'application/json': { schema: ref('schemas', schema), ...(example === undefined ? {} : { example }) },
          },
        }),
  };
}

function toProblem(codes: readonly string[], gateway: string | undefined): Json {
  const lines = [
    ...codes.map((code) => `- \`${code}\`${TITLES.has(code) ? `: ${TITLES.get(code)}` : ''}`),
    ...(gateway === undefined ? [] : [`- by the gateway: ${gateway}`]),
  ];
  return {
    description: lines.join('\n'),
    content: {
      ...(codes.length === 0
        ? {}
        : {
            'application/problem+json': {
              schema: {
                allOf: [ref('schemas', 'Problem'), { properties: { code: { enum: [...codes] } } }],
              },
            },
          }),
      ...(gateway === undefined ? {} : { 'application/json': { schema: ref('schemas', 'GatewayMessage') } }),
    },
  };
}
