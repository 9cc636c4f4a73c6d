import * as fc from 'fast-check';
import { RealClock } from '../../src/clock';
import { AwsError } from '../../src/contracts';
import { OPERATIONS, type OperationName } from '../../src/step-functions/api/operations';
import { type Fixture, passThrough, ROLE_ARN, startFixture } from './fixture';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:known';

/** Values that come close to what members take, and others. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    MACHINE,
    `${MACHINE}:1`,
    `${MACHINE}:live`,
    'arn:aws:states:us-east-1:000000000000:execution:known:one',
    'arn:aws:states:us-east-1:000000000000:execution:known',
    'arn:aws:states:::stateMachine:',
    'arn',
    ROLE_ARN,
    JSON.stringify(passThrough),
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":7}}}',
    '{}',
    '[]',
    'null',
    '__proto__',
    'known',
    'EXPRESS',
    'ALL_DATA',
    0,
    1,
    -1,
    1.5,
    1e300,
    true,
    null,
    [],
    {},
    [{ key: 'a', value: 'b' }],
    [{ stateMachineVersionArn: `${MACHINE}:1`, weight: 100 }],
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 3 }),
);

const MEMBERS = [
  'stateMachineArn',
  'executionArn',
  'resourceArn',
  'stateMachineVersionArn',
  'stateMachineAliasArn',
  'name',
  'definition',
  'roleArn',
  'type',
  'input',
  'output',
  'taskToken',
  'error',
  'cause',
  'tags',
  'tagKeys',
  'maxResults',
  'nextToken',
  'publish',
  'versionDescription',
  'description',
  'routingConfiguration',
  'includedData',
  'loggingConfiguration',
  'inspectionLevel',
  'variables',
  'context',
  'mock',
  'stateName',
  'clientToken',
] as const;

const request = fc.dictionary(fc.constantFrom<string>(...MEMBERS, '__proto__', 'unknown'), value);

describe('any request at all', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await startFixture({ clock: new RealClock() });
    await fixture.service.call('CreateStateMachine', {
      name: 'known',
      roleArn: ROLE_ARN,
      definition: JSON.stringify(passThrough),
      publish: true,
    });
  });
  afterAll(() => fixture.close());

  it('is answered, or refused with an AWS error of the 400s', async () => {
    const operation = fc.constantFrom(...(Object.keys(OPERATIONS) as OperationName[]));
    await fc.assert(
      fc.asyncProperty(operation, request, async (name, body) => {
        try {
          await fixture.service.call(name, body as never);
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError);
          expect((error as AwsError).status).toBeLessThan(500);
        }
      }),
      { numRuns: 3_000 },
    );
  }, 60_000);
});
