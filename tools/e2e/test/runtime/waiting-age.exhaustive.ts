/**
 * Proves that the deployed measurement of the oldest waiting task works with what is around it: the index, the role and
 * the environment that the stack gives the function, and the records that the other functions write.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../../src/wait';
import { it } from '../support/it';
import { type PlayedService, playService } from '../support/played-service';

const MEASURE = '2015-03-31/functions/dev-measure-waiting/invocations';

let played: PlayedService;

beforeAll(async () => {
  played = await playService({ silent: () => 202 });
}, 90_000);

afterAll(() => played?.stop(), 30_000);

/** Calls the function as its schedule does, in between. */
async function measuredAge(): Promise<number> {
  const response = await fetch(new URL(MEASURE, played.runtime.environment().AWS_ENDPOINT_URL), {
    method: 'POST',
    body: '{}',
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/lambda/aws4_request' },
  });
  const { ageSeconds } = (await response.json()) as { ageSeconds: number };
  return ageSeconds;
}

describe('the age of the oldest waiting task', () => {
  it('grows while a task waits, is 0 again after its callback, and is printed as a metric without a token', async () => {
    expect(await measuredAge()).toBe(0);

    const id = await played.workflows.startTask({ input: { behaviour: 'silent' }, timeoutSeconds: 60 });
    const aged = await waitUntil(measuredAge, (age) => age >= 1, { what: 'the task to be a second old' });
    const [asked] = await waitUntil(
      () => played.service.about(id),
      (requests) => requests.length > 0,
      { what: 'the external service to be asked' },
    );
    const resumeToken = String(asked?.resumeToken);
    await played.workflows.callBack(id, { resumeToken, status: 'succeeded' });

    expect(await measuredAge()).toBe(0);
    const log = readFileSync(join(played.runtime.logsDirectory, 'dev-measure-waiting.log'), 'utf8');
    const metrics = log.split('\n').filter((line) => line.startsWith('{"_aws"'));
    expect(metrics.map((line) => JSON.parse(line))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ TableName: 'dev-tasks', OldestWaitingTaskAge: 0 }),
        expect.objectContaining({ TableName: 'dev-tasks', OldestWaitingTaskAge: aged }),
      ]),
    );
    expect(log).not.toContain(resumeToken);
  });
});
