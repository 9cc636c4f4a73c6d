import type { Host } from '@workflows/states-language';
import type { TestCase } from './configuration';
import { MockedCalls } from './mocked-calls';
import { mockedMapRunner } from './mocked-map-runner';
import { mockedTaskRunner } from './mocked-task-runner';

/** The host of one execution of a test case: states that the test case mocks never reach their service. */
export function mockedHost(host: Host, testCase: TestCase): Host {
  const calls = new MockedCalls(testCase);
  return {
    ...host,
    tasks: mockedTaskRunner(host.tasks, calls),
    ...(host.mapRuns === undefined ? {} : { mapRuns: mockedMapRunner(host.mapRuns, calls) }),
  };
}
