import { AutoAdvancingClock } from '../../src/clock';
import { integrate } from '../../src/http-api/integration';
import { createFunctions } from '../lambda/support';

it('gives a function up when the time of the integration is over on the clock of the runtime', async () => {
  const clock = new AutoAdvancingClock({ startMs: 0 });
  const functions = createFunctions();
  jest.spyOn(functions, 'invokeFor').mockReturnValue(new Promise(() => undefined));

  const { error, response } = await integrate(
    functions,
    clock,
    { id: 'i1', functionName: 'backend', timeoutMs: 30_000 },
    'arn:aws:execute-api:us-east-1:000000000000:abc123/prod/GET/x',
    '{}',
  );

  expect(response.status).toBe(503);
  expect(error).toBe('the function did not answer within 30000 ms');
  expect(clock.now()).toBe(30_000);
  await functions.close();
});
