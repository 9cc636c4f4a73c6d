import type { HistoryEvent, JsonValue } from '@workflows/states-language';
import { AutoAdvancingClock } from '../../../clock';
import { AwsError } from '../../../contracts';
import { allowEverything } from '../../../iam';
import { StepFunctionsService } from '../../service';
import { parseMockConfiguration } from '../parse-configuration';

/** A mocked response as it stands in the file. */
export type Attempts = Readonly<Record<string, JsonValue>>;

/** What an execution of a test case did. */
export interface Rehearsal {
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Of each execution: the children of distributed Maps are executions of their own. */
  readonly histories: ReadonlyMap<string, readonly HistoryEvent[]>;
}

/** Of a loop that does not end by itself, enough is seen by then. */
const MAX_EVENTS = 2000;
/** In real milliseconds: a rehearsal takes a few. */
const DEADLINE_MS = 10_000;
const ROLE_ARN = 'arn:aws:iam::123456789012:role/rehearsal';

/** Nothing is called: every state that would is mocked. */
const NO_FUNCTIONS = {
  invoke: () => Promise.reject(new AwsError('ServiceException', 'A rehearsal calls no functions', 500)),
};

/** Runs a test case as the endpoint would, in time that does not pass. */
export async function rehearse(
  definition: string,
  input: JsonValue,
  responses: ReadonlyMap<string, Attempts>,
): Promise<Rehearsal> {
  const states = Object.fromEntries([...responses.keys()].map((name) => [name, name]));
  const configuration = {
    StateMachines: { rehearsal: { TestCases: { case: states } } },
    MockedResponses: Object.fromEntries(responses),
  };
  const service = new StepFunctionsService({
    clock: new AutoAdvancingClock({ startMs: Date.UTC(2026, 0, 1) }),
    authorizer: allowEverything,
    functions: NO_FUNCTIONS,
    random: () => 0.5,
    mocks: parseMockConfiguration(JSON.stringify(configuration), 'rehearsal'),
  });
  try {
    return await run(service, definition, input);
  } finally {
    await service.close();
  }
}

async function run(service: StepFunctionsService, definition: string, input: JsonValue): Promise<Rehearsal> {
  const histories = new Map<string, HistoryEvent[]>();
  let events = 0;
  let top = '';
  // An execution that has ended meanwhile cannot be stopped, and need not.
  const stop = () => void service.call('StopExecution', { executionArn: top }).catch(() => undefined);
  const deadline = setTimeout(stop, DEADLINE_MS);
  const ended = new Promise<Omit<Rehearsal, 'histories'>>((resolve) => {
    service.events.on('history', ({ executionArn, event }) => {
      top ||= executionArn;
      histories.set(executionArn, [...(histories.get(executionArn) ?? []), event]);
      events += 1;
      if (events === MAX_EVENTS) {
        setImmediate(stop);
      }
    });
    service.events.on('status', ({ cause, error, executionArn, status }) => {
      if (executionArn === top && status !== 'RUNNING') {
        resolve({ status, error, cause });
      }
    });
  });
  try {
    const { stateMachineArn } = await service.call('CreateStateMachine', {
      name: 'rehearsal',
      roleArn: ROLE_ARN,
      definition,
    });
    await service.call('StartExecution', { stateMachineArn: `${stateMachineArn}#case`, input: JSON.stringify(input) });
    return { ...(await ended), histories };
  } finally {
    clearTimeout(deadline);
  }
}
