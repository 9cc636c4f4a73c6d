import type { Host } from '@workflows/states-language';
import type { TestCase } from './configuration';
import { MockedCalls } from './mocked-calls';
import { MockedMapRunner } from './mocked-map-runner';
import { MockedTaskRunner } from './mocked-task-runner';

/** The host of one execution of a test case: states that the test case mocks never reach their service. */
export function mockedHost(host: Host, testCase: TestCase): Host {
  const calls = new MockedCalls(testCase);
  return {
    ...host,
    tasks: new MockedTaskRunner(host.tasks, calls),
    ...(host.mapRuns === undefined ? {} : { mapRuns: new MockedMapRunner(host.mapRuns, calls) }),
  };
}
