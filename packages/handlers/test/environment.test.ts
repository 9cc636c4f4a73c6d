/** Proves that a missing or unusable setting is one clear error that names it. */
import { readEnvironment } from '../src/environment';

const CALL_EXTERNAL = {
  TASKS_TABLE_NAME: 'tasks',
  API_URL: 'https://x.example/prod',
  EXTERNAL_SERVICE_URL: 'https://x.example/external',
  RECORD_GRACE_SECONDS: '30',
};

describe('the environment', () => {
  it('gives each variable its type', () => {
    const environment = readEnvironment<'call-external'>(CALL_EXTERNAL);
    const { TASKS_TABLE_NAME, API_URL, EXTERNAL_SERVICE_URL, RECORD_GRACE_SECONDS } = environment;
    expect({ TASKS_TABLE_NAME, API_URL, EXTERNAL_SERVICE_URL, RECORD_GRACE_SECONDS }).toEqual({
      TASKS_TABLE_NAME: 'tasks',
      API_URL: 'https://x.example/prod/',
      EXTERNAL_SERVICE_URL: 'https://x.example/external',
      RECORD_GRACE_SECONDS: 30,
    });
  });

  it('is typed by the name of the function', () => {
    const environment = readEnvironment<'get-task'>({ TASKS_TABLE_NAME: 'tasks' });
    const tableName: string = environment.TASKS_TABLE_NAME;
    expect(tableName).toBe('tasks');
    // @ts-expect-error: another function's variable
    expect(() => environment.API_URL).toThrow('The environment variable API_URL is not set');
  });

  it.each([undefined, ''])('names a variable that is missing: %j', (value) => {
    expect(() => readEnvironment<'get-task'>({ TASKS_TABLE_NAME: value }).TASKS_TABLE_NAME).toThrow(
      'The environment variable TASKS_TABLE_NAME is not set',
    );
  });

  it.each(['-1', '1.5', 'x', '1e3', '0', '99999999999999999999'])(
    'refuses %j for a whole number of at least 1',
    (RECORD_RETENTION_DAYS) => {
      const environment = { STATE_MACHINE_ARN: 'arn:x', IDEMPOTENCY_TABLE_NAME: 'names', RECORD_RETENTION_DAYS };
      expect(() => readEnvironment<'start-idempotent-workflow'>(environment).RECORD_RETENTION_DAYS).toThrow(
        `The environment variable RECORD_RETENTION_DAYS is "${RECORD_RETENTION_DAYS}": it must be a whole number of at least 1.`,
      );
    },
  );

  it.each(['x', '/path', 'ftp://x', 'file:///etc/passwd'])('refuses %j for a URL', (url) => {
    for (const name of ['EXTERNAL_SERVICE_URL', 'API_URL'] as const) {
      expect(() => readEnvironment<'call-external'>({ ...CALL_EXTERNAL, [name]: url })[name]).toThrow(
        `The environment variable ${name} is "${url}": it must be an absolute http or https URL.`,
      );
    }
  });
});
