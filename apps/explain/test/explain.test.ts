/** The command over the wire, against an endpoint that the test holds. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lifetime, runCommand } from '@workflows/command-line';
import { answeredEvents, definition, FakeAws, START, taskItem } from '@workflows/inspector/testing';
import { EXPLAIN, explainCommand } from '../src/command';
import type { Explanation } from '../src/explain';

const aws = new FakeAws();
let root: string;

beforeAll(() => aws.listen());
afterAll(() => aws.close());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'explain-'));
  mkdirSync(join(root, '.local'));
  writeFileSync(
    join(root, '.local', 'aws.env'),
    `AWS_ENDPOINT_URL=${aws.url}\nAWS_ACCESS_KEY_ID=a\nAWS_SECRET_ACCESS_KEY=b\nAWS_REGION=eu-west-1\n`,
  );
  const outputs = {
    WorkflowStateMachineArn: FakeAws.stateMachineArn('dev-Workflow'),
    CompositeWorkflowStateMachineArn: FakeAws.stateMachineArn('dev-Composite'),
    TasksTableName: 'dev-Tasks',
  };
  writeFileSync(join(root, '.local', 'outputs.json'), JSON.stringify({ WorkflowsStack: outputs }));
  aws.clear();
  aws.definitions.set('dev-Workflow', definition).set('dev-Composite', definition);
  aws.addWaiting('order-7');
});
afterEach(() => rmSync(root, { recursive: true }));

async function run(...args: string[]) {
  const written = { out: '', err: '' };
  const context = {
    lifetime: new Lifetime(),
    stdout: (text: string) => {
      written.out += text;
    },
    stderr: (text: string) => {
      written.err += text;
    },
    colors: false,
    width: 100,
    env: {},
    root,
    now: () => START + 30_000,
  };
  const code = await runCommand(EXPLAIN, args, context, (values) => explainCommand(values, context));
  return { code, ...written };
}

describe('explain', () => {
  it('tells what happened, why it waits, and what happens when nobody answers', async () => {
    const { code, out } = await run('order-7');
    expect(code).toBe(0);
    expect(out).toBe(
      [
        'Task order-7  RUNNING',
        'dev-Workflow, started 2026-03-01T09:00:00.000Z',
        '',
        '       +0 ms  · Request  starts dev-Workflow',
        '                {"order":7}',
        '       +0 ms  · Record  task recorded as PENDING',
        '       +0 ms  · Request external service  attempt 1 calls dev-call-external, timeout 10 min, heartbeat every 1 min',
        '      +2.0 s  … Request external service  request accepted, waiting for callback',
        '',
        'Why   Waiting in “Request external service”',
        '      dev-call-external sent the request (attempt 1). No callback has arrived yet.',
        'Next  A callback resumes the execution.',
        '      Without a heartbeat (one is due every 1 min), the task times out in 31 s (2026-03-01T09:01:01.000Z)',
        '      Without a result, the task times out in 9 min 31 s (2026-03-01T09:10:01.000Z)',
        '',
      ].join('\n'),
    );
  });

  it('tells the callback and the outcome', async () => {
    aws.executions
      .get(FakeAws.executionArn('dev-Workflow', 'order-7'))
      ?.events.push(...answeredEvents('{"approved":true}'));
    const { out } = await run('order-7');
    expect(out).toMatch(/\+12 s {2}✓ Request external service {2}callback: succeeded\n\s+\{"approved":true\}/);
    expect(out).toContain('Why   Succeeded after 12 s');
  });

  it('never shows a token, as text or as JSON, wherever it stands', async () => {
    aws.executions.get(FakeAws.executionArn('dev-Workflow', 'order-7'))?.events.push({
      id: 8,
      previousEventId: 7,
      type: 'TaskFailed',
      timestamp: START / 1000 + 3,
      taskFailedEventDetails: {
        error: 'Refused',
        cause: `of ${taskItem('x').resumeToken.S} and ${taskItem('x').taskToken.S}`,
      },
    });
    const outputs = await Promise.all([run('order-7'), run('order-7', '--json')]);
    for (const { out } of outputs) {
      expect(out).toContain('of [redacted] and [redacted]');
      expect(out).not.toMatch(/nobody-may-see/);
    }
  });

  it('tells sub-workflows inside the composite that started them', async () => {
    const child = FakeAws.executionArn('dev-Workflow', 'order-7');
    const states = { resourceType: 'states', resource: 'startExecution.sync:2' };
    aws.add({
      name: 'both',
      stateMachine: 'dev-Composite',
      status: 'RUNNING',
      startDate: START,
      events: [
        {
          id: 1,
          previousEventId: 0,
          type: 'ExecutionStarted',
          timestamp: START / 1000,
          executionStartedEventDetails: { input: '{}' },
        },
        {
          id: 2,
          previousEventId: 0,
          type: 'TaskStateEntered',
          timestamp: START / 1000,
          stateEnteredEventDetails: { name: 'Child' },
        },
        {
          id: 3,
          previousEventId: 2,
          type: 'TaskScheduled',
          timestamp: START / 1000,
          taskScheduledEventDetails: { ...states, parameters: '{}' },
        },
        { id: 4, previousEventId: 3, type: 'TaskStarted', timestamp: START / 1000, taskStartedEventDetails: states },
        {
          id: 5,
          previousEventId: 4,
          type: 'TaskSubmitted',
          timestamp: START / 1000,
          taskSubmittedEventDetails: { ...states, output: JSON.stringify({ ExecutionArn: child }) },
        },
      ],
    });
    const { out } = await run('both', '--json');
    const explanation = JSON.parse(out) as Explanation;
    expect(explanation).toMatchObject({ kind: 'composite', status: 'RUNNING' });
    expect(explanation.timeline.map(({ depth, who, what }) => `${depth} ${who}: ${what}`)).toEqual([
      '0 Request: starts dev-Composite',
      '0 Child: order-7',
      '1 Request: starts dev-Workflow',
      '1 Record: task recorded as PENDING',
      '1 Request external service: attempt 1 calls dev-call-external, timeout 10 min, heartbeat every 1 min',
      '1 Request external service: request accepted, waiting for callback',
    ]);
  });

  it('takes the ARN of an execution as well', async () => {
    expect((await run(FakeAws.executionArn('dev-Workflow', 'order-7'))).code).toBe(0);
  });

  it('tells the record where it is all that is left', async () => {
    aws.tasks.set('gone', { ...taskItem('gone'), status: { S: 'SUCCEEDED' } });
    expect((await run('gone')).out).toContain('Only the task record remains');
  });

  it('says so when there is nothing of that id', async () => {
    const { code, err } = await run('nobody');
    expect(code).toBe(1);
    expect(err).toContain('No task, workflow or composite workflow “nobody” was found');
  });

  it('says so when the runtime does not answer', async () => {
    const { port } = aws;
    await aws.close();
    const { code, err } = await run('order-7');
    await aws.listen(port);
    expect(code).toBe(1);
    expect(err).toBe('The endpoint does not respond. Check that the runtime is running.\n');
  });

  it('says what to do when there is nothing to look at', async () => {
    rmSync(join(root, '.local'), { recursive: true });
    const { code, err } = await run('order-7');
    expect(code).toBe(1);
    expect(err).toContain('pnpm start');
  });

  it.each([
    [[], '<id> is missing. See --help.'],
    [['a', 'b'], 'Unexpected argument "b". See --help.'],
    [['a', '--colour'], 'Unknown option --colour. See --help.'],
  ])('refuses %j as wrong usage', async (args, message) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('shows its help', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('--outputs <file>');
  });
});
