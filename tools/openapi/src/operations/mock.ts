import type { Operation } from '../model';

const ID = '3f1d9c1e-6c1f-4a57-9a3b-8a2f5c0d7e21';

/** The mock external service, as it is deployed. */
export const MOCK_OPERATIONS: readonly Operation[] = [
  {
    api: 'mock',
    routeKey: 'POST /external',
    operationId: 'requestTask',
    summary: 'Accepts a task, and calls back when it is done',
    description: 'A deployed mock only calls back the workflow API that it was deployed with.',
    parameters: ['attempt'],
    body: {
      schema: 'TaskRequest',
      required: true,
      examples: {
        task: {
          id: ID,
          resumeToken: 'A'.repeat(43),
          callbackUrl: `https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/tasks/${ID}`,
          payload: { order: 17, mock: { outcome: 'succeed', delayMs: 1000 } },
        },
      },
    },
    answers: {
      '202': {
        description: 'Accepted.',
        schema: 'TaskAccepted',
        example: { id: ID, status: 'accepted' },
      },
    },
    problems: {
      '400': ['malformed-json'],
      '413': ['body-too-large'],
      '422': ['invalid-body', 'callback-url-not-allowed', 'rejected-as-asked', 'attempt-unknown'],
      '503': ['flaky-as-asked'],
    },
  },
];
