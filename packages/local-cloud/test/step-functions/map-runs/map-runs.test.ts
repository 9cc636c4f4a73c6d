import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateMapRunCommand,
} from '@aws-sdk/client-sfn';
import { RealClock } from '../../../src/clock';
import { AwsError } from '../../../src/contracts';
import { FolderObjectStore } from '../../../src/step-functions';
import { allowAll, createMachine, type Fixture, failure, startFixture, waitUntil } from '../fixture';

const processor = (state: object, type = 'STANDARD'): object => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
  StartAt: 'I',
  States: { I: { End: true, ...state } },
});
const machine = (state: object, more: object = {}, type = 'STANDARD'): object => ({
  StartAt: 'M',
  States: { M: { Type: 'Map', Label: 'L', ItemProcessor: processor(state, type), End: true, ...more } },
});
const failing = { Type: 'Fail', Error: 'Oops', Cause: 'why', End: undefined };
const task = {
  Type: 'Task',
  Resource: 'arn:aws:lambda:us-east-1:000000000000:function:work',
};

let fixture: Fixture;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bucket-'));
  fixture = await startFixture({ objects: new FolderObjectStore(new Map([['data', folder]])) });
});
afterEach(async () => {
  await fixture.close();
  await rm(folder, { recursive: true });
});

const startRun = async (definition: object, input: unknown): Promise<string> => {
  const stateMachineArn = await createMachine(fixture.client, definition);
  const { executionArn = '' } = await fixture.client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return executionArn;
};
const describeExecution = (executionArn: string) => fixture.client.send(new DescribeExecutionCommand({ executionArn }));
const ended = (executionArn: string) =>
  waitUntil(async () => {
    const described = await describeExecution(executionArn);
    return described.status === 'RUNNING' ? undefined : described;
  });
const run = async (definition: object, input: unknown) => ended(await startRun(definition, input));
const mapRunArnOf = async (executionArn: string | undefined): Promise<string> => {
  const { mapRuns } = await fixture.client.send(new ListMapRunsCommand({ executionArn }));
  return mapRuns?.[0]?.mapRunArn ?? '';
};
const describeMapRun = (mapRunArn: string) => fixture.client.send(new DescribeMapRunCommand({ mapRunArn }));
const children = async (mapRunArn: string, more: object = {}) =>
  (await fixture.client.send(new ListExecutionsCommand({ mapRunArn, ...more }))).executions ?? [];
const parsed = async (key: string) => JSON.parse(await readFile(join(folder, key), 'utf8'));

describe('a Map Run', () => {
  it('is described, listed, and shown as AWS shows it', async () => {
    const execution = await run(machine({ Type: 'Pass' }, { MaxConcurrency: 1 }), ['a', 'b']);
    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: '["a","b"]' });

    const { mapRuns = [] } = await fixture.client.send(
      new ListMapRunsCommand({ executionArn: execution.executionArn }),
    );
    expect(mapRuns).toEqual([
      {
        executionArn: execution.executionArn,
        mapRunArn: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:mapRun:machine-\d+\/L:[0-9a-f-]{36}$/),
        stateMachineArn: `${execution.stateMachineArn}/L`,
        startDate: expect.any(Date),
        stopDate: expect.any(Date),
      },
    ]);
    const counts = {
      aborted: 0,
      failed: 0,
      failuresNotRedrivable: 0,
      pending: 0,
      pendingRedrive: 0,
      resultsWritten: 2,
      running: 0,
      succeeded: 2,
      timedOut: 0,
      total: 2,
    };
    expect(await describeMapRun(mapRuns[0]?.mapRunArn ?? '')).toMatchObject({
      executionArn: execution.executionArn,
      status: 'SUCCEEDED',
      maxConcurrency: 1,
      toleratedFailureCount: 0,
      toleratedFailurePercentage: 0,
      itemCounts: counts,
      executionCounts: counts,
      redriveCount: 0,
    });
  });

  it('has children that are executions of their own, with histories of their own', async () => {
    const { executionArn, stateMachineArn } = await run(
      machine({ Type: 'Pass' }, { ItemBatcher: { MaxItemsPerBatch: 2 } }),
      [1, 2, 3],
    );
    const mapRunArn = await mapRunArnOf(executionArn);
    const listed = await children(mapRunArn);
    expect(listed).toHaveLength(2);
    const [child] = listed.filter(({ itemCount }) => itemCount === 2);
    expect(child).toMatchObject({
      executionArn: expect.stringMatching(/:execution:machine-\d+\/L:[0-9a-f-]{36}$/),
      stateMachineArn: `${stateMachineArn}/L`,
      mapRunArn,
      status: 'SUCCEEDED',
    });
    const childArn = child?.executionArn ?? '';
    expect(await describeExecution(childArn)).toMatchObject({ input: '{"Items":[1,2]}', mapRunArn });
    const { events = [] } = await fixture.client.send(new GetExecutionHistoryCommand({ executionArn: childArn }));
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect(
      await fixture.client.send(new DescribeStateMachineForExecutionCommand({ executionArn: childArn })),
    ).toMatchObject({ mapRunArn, label: 'L' });
    const ofMachine = await fixture.client.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(ofMachine.executions?.map((it) => it.executionArn)).toEqual([executionArn]);
  });

  it('does not list EXPRESS children', async () => {
    const { executionArn, output } = await run(machine({ Type: 'Pass' }, {}, 'EXPRESS'), [1]);
    expect(output).toBe('[1]');
    const mapRunArn = await mapRunArnOf(executionArn);
    expect((await failure(children(mapRunArn))).name).toBe('StateMachineTypeNotSupported');
  });

  it('counts failed children, a States.Runtime among them', async () => {
    const definition = machine({ Type: 'Pass', InputPath: '$.ok' }, { ToleratedFailureCount: 1, MaxConcurrency: 1 });
    const { executionArn, output } = await run(definition, [{ ok: 1 }, {}, { ok: 3 }]);
    expect(output).toBe('[1,3]');
    const mapRunArn = await mapRunArnOf(executionArn);
    expect((await describeMapRun(mapRunArn)).itemCounts).toMatchObject({ succeeded: 2, failed: 1, total: 3 });
    const [failed] = await children(mapRunArn, { statusFilter: 'FAILED' });
    expect(await describeExecution(failed?.executionArn ?? '')).toMatchObject({
      error: 'States.Runtime',
      redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
    });
  });

  it('leaves pending what it did not get to', async () => {
    const execution = await run(machine(failing, { MaxConcurrency: 1 }), [1, 2, 3]);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(await describeMapRun(await mapRunArnOf(execution.executionArn))).toMatchObject({
      status: 'FAILED',
      itemCounts: { failed: 1, pending: 2, total: 3 },
    });
  });

  it('is redriven with its execution: failed children run on, pending ones start', async () => {
    let broken = true;
    fixture.functions.byName.set('work', (event) => {
      if (broken && event === 1) {
        throw new AwsError('TooManyRequestsException', 'busy', 429);
      }
      return event;
    });
    const { executionArn = '' } = await run(machine(task, { MaxConcurrency: 1 }), [0, 1, 2]);
    const mapRunArn = await mapRunArnOf(executionArn);
    const [failed] = await children(mapRunArn, { statusFilter: 'FAILED' });

    broken = false;
    await fixture.client.send(new RedriveExecutionCommand({ executionArn }));

    expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '[0,1,2]' });
    expect(await describeMapRun(mapRunArn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
    expect(await describeExecution(failed?.executionArn ?? '')).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
  });

  it('refuses to be unknown', async () => {
    const mapRunArn = 'arn:aws:states:us-east-1:000000000000:mapRun:m/L:1';
    expect((await failure(describeMapRun(mapRunArn))).name).toBe('ResourceNotFound');
    expect((await failure(children(mapRunArn))).name).toBe('ResourceNotFound');
  });

  it('runs its children on the clock of all', async () => {
    const startedMs = fixture.clock.now();
    // Without asking again and again: time stands still while a request is answered.
    const parentEnded = new Promise<void>((resolve) => {
      fixture.service.events.on('status', ({ status, stateMachineArn }) => {
        if (status === 'SUCCEEDED' && !stateMachineArn.endsWith('/L')) {
          resolve();
        }
      });
    });
    await startRun(machine({ Type: 'Wait', Seconds: 3600 }, { MaxConcurrency: 2 }), [1, 2, 3]);
    await parentEnded;
    expect(fixture.clock.now() - startedMs).toBe(2 * 3600 * 1000);
  });
});

describe('a Map Run under way', () => {
  beforeEach(async () => {
    await fixture.close();
    fixture = await startFixture({ clock: new RealClock() });
  });

  it('is updated, at once', async () => {
    const executionArn = await startRun(machine({ Type: 'Wait', Seconds: 3600 }, { MaxConcurrency: 1 }), [1, 2, 3]);
    await waitUntil(async () => (await mapRunArnOf(executionArn)) || undefined);
    const mapRunArn = await mapRunArnOf(executionArn);
    await waitUntil(async () => (await describeMapRun(mapRunArn)).itemCounts?.running === 1 || undefined);
    expect((await describeMapRun(mapRunArn)).stopDate).toBeUndefined();

    const settings = { maxConcurrency: 2, toleratedFailureCount: 1, toleratedFailurePercentage: 12.5 };
    await fixture.client.send(new UpdateMapRunCommand({ mapRunArn, ...settings }));

    expect(await describeMapRun(mapRunArn)).toMatchObject({
      status: 'RUNNING',
      ...settings,
      itemCounts: { running: 2, pending: 1, resultsWritten: 0 },
    });
    await fixture.client.send(new StopExecutionCommand({ executionArn }));
    await waitUntil(async () => (await describeMapRun(mapRunArn)).itemCounts?.running === 0 || undefined);
    expect(await describeMapRun(mapRunArn)).toMatchObject({
      status: 'ABORTED',
      itemCounts: { aborted: 2, pending: 1 },
    });
    const late = fixture.client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 3 }));
    expect((await failure(late)).message).toContain('The Map Run is ABORTED');
  });
});

describe('a role without states:StartExecution on its own state machine', () => {
  it('fails the Map, as on AWS', async () => {
    await fixture.close();
    const authorizer = {
      ...allowAll,
      authorize: (principal: unknown, action: string, resource: string) => {
        if (principal !== undefined && action === 'states:StartExecution') {
          throw new AwsError('AccessDeniedException', `not authorized to perform: ${action} on resource: ${resource}`);
        }
      },
    };
    fixture = await startFixture({ authorizer });
    const execution = await run(machine({ Type: 'Pass' }), [1]);
    expect(execution.status).toBe('FAILED');
    expect(execution.cause).toContain(
      `not authorized to perform: states:StartExecution on resource: ${execution.stateMachineArn}`,
    );
  });
});

describe('items and results in buckets', () => {
  const writer = (config?: object): object => ({
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: { Bucket: 'data', Prefix: 'out' },
      ...(config === undefined ? {} : { WriterConfig: config }),
    },
  });

  it('reads rows and writes results, with a manifest of them', async () => {
    await writeFile(join(folder, 'rows.csv'), 'n\n1\n2\n');
    const definition = machine(
      {
        Type: 'Choice',
        End: undefined,
        Choices: [{ Variable: '$.row.n', StringEquals: '2', Next: 'F' }],
        Default: 'Ok',
      },
      {
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
          Parameters: { Bucket: 'data', 'Key.$': '$.key' },
        },
        ItemSelector: { 'row.$': '$$.Map.Item.Value', 'source.$': '$$.Map.Item.Source' },
        ToleratedFailurePercentage: 50,
        ...writer(),
      },
    ) as { States: { M: { ItemProcessor: { States: Record<string, object> } } } };
    Object.assign(definition.States.M.ItemProcessor.States, {
      F: { Type: 'Fail', Error: 'Oops', Cause: 'why' },
      Ok: { Type: 'Succeed' },
    });
    const { executionArn, output = '' } = await run(definition, { key: 'rows.csv' });

    const mapRunArn = await mapRunArnOf(executionArn);
    const id = mapRunArn.split(':').at(-1);
    expect(JSON.parse(output)).toEqual({
      MapRunArn: mapRunArn,
      ResultWriterDetails: { Bucket: 'data', Key: `out/${id}/manifest.json` },
    });
    const [succeeded, failed] = [`out/${id}/SUCCEEDED_0.json`, `out/${id}/FAILED_0.json`];
    expect(await parsed(`out/${id}/manifest.json`)).toEqual({
      DestinationBucket: 'data',
      MapRunArn: mapRunArn,
      ResultFiles: {
        FAILED: [{ Key: failed, Size: (await readFile(join(folder, failed))).length }],
        PENDING: [],
        SUCCEEDED: [{ Key: succeeded, Size: (await readFile(join(folder, succeeded))).length }],
      },
    });
    const input = { row: { n: '1' }, source: 'S3://data/rows.csv' };
    const child = await parsed(succeeded);
    expect(child).toEqual([
      {
        ExecutionArn: expect.stringContaining('/L:'),
        Input: JSON.stringify(input),
        InputDetails: { Included: true },
        Name: expect.any(String),
        Output: JSON.stringify(input),
        OutputDetails: { Included: true },
        RedriveCount: 0,
        RedriveStatus: 'NOT_REDRIVABLE',
        RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
        StartDate: expect.stringMatching(/^2026-.*Z$/),
        StateMachineArn: expect.stringMatching(/:stateMachine:machine-\d+\/L$/),
        Status: 'SUCCEEDED',
        StopDate: expect.stringMatching(/^2026-.*Z$/),
      },
    ]);
    expect(await parsed(failed)).toMatchObject([{ Error: 'Oops', Cause: 'why', Status: 'FAILED' }]);
  });

  it.each([
    [{ Transformation: 'COMPACT', OutputType: 'JSON' }, '[[1,2],[3]]'],
    [{ Transformation: 'FLATTEN', OutputType: 'JSON' }, '[1,2,3]'],
    [{ Transformation: 'FLATTEN', OutputType: 'JSONL' }, '1\n2\n3\n'],
  ])('writes results as %j', async (config, content) => {
    const { executionArn } = await run(machine({ Type: 'Pass' }, writer(config)), [[1, 2], [3]]);
    const id = (await mapRunArnOf(executionArn)).split(':').at(-1);
    expect(await readFile(join(folder, `out/${id}/SUCCEEDED_0.json`), 'utf8')).toBe(content);
  });

  it('transforms the output where it writes nothing', async () => {
    const config = { ResultWriter: { WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSON' } } };
    expect((await run(machine({ Type: 'Pass' }, config), [[1, 2], [3]])).output).toBe('[1,2,3]');
  });

  it('writes what failed, and what is pending, of a Map Run that fails', async () => {
    const execution = await run(machine(failing, { MaxConcurrency: 1, ...writer() }), [1, 2]);
    expect(execution.error).toBe('States.ExceedToleratedFailureThreshold');
    const id = (await mapRunArnOf(execution.executionArn)).split(':').at(-1);
    expect(await parsed(`out/${id}/PENDING_0.json`)).toEqual([
      { Input: '2', InputDetails: { Included: true }, Status: 'PENDING' },
    ]);
  });

  it('fails with States.ItemReaderFailed for a key that is not there', async () => {
    const reader = {
      ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'data', Key: 'none' } },
    };
    const execution = await run(machine({ Type: 'Pass' }, reader), {});
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'States.ItemReaderFailed',
      cause: 'The specified key does not exist: none',
    });
    expect((await describeMapRun(await mapRunArnOf(execution.executionArn))).status).toBe('FAILED');
  });

  it('fails with States.ResultWriterFailed for a bucket that is not there', async () => {
    const definition = machine(
      { Type: 'Pass' },
      { ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'other', Prefix: 'x' } } },
    );
    expect(await run(definition, [1])).toMatchObject({ status: 'FAILED', error: 'States.ResultWriterFailed' });
  });
});
