import { type ChildEnd, type Execution, inProcessMapRuns, MapRun, type ReadItems, type RunningChild } from '../src';
import { CONTEXT, FUNCTION_ARN, run, skeleton, start, type World, world } from './support/run';

const pass = (more: object = {}): object => ({ Type: 'Pass', End: true, ...more });
const branch = (name: string, state: object): object => ({ StartAt: name, States: { [name]: state } });
const fail = { Type: 'Fail', Error: 'Oops', Cause: 'why' };

const distributed = (processor: object, more: object = {}): object => ({
  StartAt: 'M',
  States: {
    M: {
      Type: 'Map',
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...processor },
      End: true,
      ...more,
    },
    ...('Catch' in more ? { Caught: { Type: 'Pass', End: true } } : {}),
  },
});

const output = (execution: Execution): unknown => JSON.parse(execution.output ?? 'null');

/** A host that reads these items, whatever it is asked to read. */
function reading(items: readonly ReadItems[]): World {
  const place = world();
  return { ...place, host: { ...place.host, mapRuns: inProcessMapRuns(place.host, CONTEXT, () => items) } };
}

describe('a distributed Map', () => {
  it('keeps the events of its children out of the history', async () => {
    const execution = await run(distributed(branch('I', pass())), [1, 2]);
    expect(output(execution)).toEqual([1, 2]);
    expect(skeleton(execution.history)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapRunStarted',
      '5<4 MapRunSucceeded',
      '6<5 MapStateSucceeded',
      '7<5 MapStateExited',
      '8<7 ExecutionSucceeded',
    ]);
    expect(execution.history[3]?.mapRunStartedEventDetails?.mapRunArn).toMatch(
      /^arn:aws:states:eu-west-1:123456789012:mapRun:machine\//,
    );
  });

  it('gives its Map Runs their label', async () => {
    const execution = await run(distributed(branch('I', pass()), { Label: 'orders' }), [1]);
    expect(execution.history[3]?.mapRunStartedEventDetails?.mapRunArn).toContain(':mapRun:machine/orders:');
  });

  const failsOnOdd = {
    StartAt: 'C',
    States: {
      C: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 1, Next: 'F' }], Default: 'Ok' },
      F: fail,
      Ok: { Type: 'Succeed' },
    },
  };

  it.each([
    [{ ToleratedFailureCount: 1 }, [0, 2]],
    [{ ToleratedFailurePercentage: 34 }, [0, 2]],
    [{ ToleratedFailurePercentage: 33 }, undefined],
    [{ ToleratedFailureCount: 1, ToleratedFailurePercentage: 10 }, undefined],
    [{ ToleratedFailureCount: 0 }, undefined],
    [{}, undefined],
  ])('with %j and one failure of three gives %j', async (more, expected) => {
    const execution = await run(distributed(failsOnOdd, more), [0, 1, 2]);
    expect(execution.error).toBe(expected === undefined ? 'States.ExceedToleratedFailureThreshold' : undefined);
    expect(execution.output).toBe(expected === undefined ? undefined : JSON.stringify(expected));
  });

  describe('with children that end in States.Runtime', () => {
    const broken = branch('P', pass({ Parameters: { 'v.$': '$.nope' } }));

    it('tolerates them as other failures', async () => {
      const execution = await run(distributed(broken, { ToleratedFailurePercentage: 100 }), [1, 2]);
      expect(execution.status).toBe('SUCCEEDED');
      expect(output(execution)).toEqual([]);
    });

    it('fails, which a Catch takes', async () => {
      expect((await run(distributed(broken), [1, 2])).error).toBe('States.ExceedToleratedFailureThreshold');
      const caught = await run(
        distributed(broken, { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught', ResultPath: '$.error' }] }),
        { 0: 1 },
      );
      expect(output(caught)).toMatchObject({ error: { Error: 'States.ExceedToleratedFailureThreshold' } });
    });
  });

  it('selects items first, and batches then', async () => {
    const execution = await run(
      distributed(branch('I', pass()), {
        ItemSelector: { 'n.$': '$$.Map.Item.Value' },
        ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { 'k.$': '$[0]' } },
      }),
      [1, 2, 3],
    );
    expect(output(execution)).toEqual([
      { BatchInput: { k: 1 }, Items: [{ n: 1 }, { n: 2 }] },
      { BatchInput: { k: 1 }, Items: [{ n: 3 }] },
    ]);
    expect(execution.history[2]?.mapStateStartedEventDetails).toEqual({ length: 3 });
  });

  it.each([
    [{ MaxInputBytesPerBatch: '{"Items":["aa","bb"]}'.length }, [['aa', 'bb'], ['cc']]],
    [{ MaxInputBytesPerBatch: 1 }, [['aa'], ['bb'], ['cc']]],
    [{}, [['aa', 'bb', 'cc']]],
  ])('fills batches by %j', async (batcher, batches) => {
    const execution = await run(distributed(branch('I', pass()), { ItemBatcher: batcher }), ['aa', 'bb', 'cc']);
    expect(output(execution)).toEqual(batches.map((Items) => ({ Items })));
  });

  it('counts the items of failed batches', async () => {
    const definition = distributed(branch('F', fail), {
      ItemBatcher: { MaxItemsPerBatch: 2 },
      ToleratedFailureCount: 1,
    });
    expect((await run(definition, [1, 2])).error).toBe('States.ExceedToleratedFailureThreshold');
  });

  it('runs each child as an execution of its own, which sees neither variables nor the item', async () => {
    const definition = distributed(
      branch('I', pass({ Parameters: { 'id.$': '$$.Execution.Id', 'input.$': '$$.Execution.Input', 'all.$': '$$' } })),
      { Label: 'L' },
    );
    const [child] = output(await run(definition, [{ n: 1 }])) as [{ id: string; input: unknown; all: object }];
    expect(child.id).toMatch(/:execution:machine\/L:/);
    expect(child.input).toEqual({ n: 1 });
    expect(child.all).not.toHaveProperty('Map');
  });

  describe('with an ItemReader', () => {
    const reader = (more: object = {}): object => ({
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON', ...more },
        Parameters: { 'Bucket.$': '$.bucket', Key: 'items.json' },
      },
    });

    it('hands its evaluated fields to the host, and counts no items before they are read', async () => {
      const asked: unknown[] = [];
      const place = world();
      const mapRuns = inProcessMapRuns(place.host, CONTEXT, ({ itemReader }) => {
        asked.push(itemReader);
        return [{ source: 'S3://b/items.json', items: ['x'] }];
      });
      const definition = distributed(branch('I', pass()), {
        ...reader({ MaxItemsPath: '$.max' }),
        ItemSelector: { 'item.$': '$$.Map.Item' },
      });
      const execution = await run(definition, { bucket: 'b', max: 5 }, { ...place, host: { ...place.host, mapRuns } });
      expect(asked).toEqual([
        {
          resource: 'arn:aws:states:::s3:getObject',
          arguments: { Bucket: 'b', Key: 'items.json' },
          config: { InputType: 'JSON', MaxItems: 5 },
        },
      ]);
      expect(output(execution)).toEqual([{ item: { Index: 0, Value: 'x', Source: 'S3://b/items.json' } }]);
      expect(execution.history[2]?.mapStateStartedEventDetails).toEqual({ length: 0 });
    });

    it('counts items through where they come from several objects, and runs once for each pair of an object', async () => {
      const place = reading([
        { source: 'S3://b/1', items: [true] },
        { source: 'S3://b/2', items: { a: 1 } },
      ]);
      const definition = distributed(branch('I', pass()), {
        ...reader(),
        ItemSelector: { 'at.$': '$$.Map.Item.Index', 'from.$': '$$.Map.Item.Source' },
      });
      expect(output(await run(definition, { bucket: 'b' }, place))).toEqual([
        { at: 0, from: 'S3://b/1' },
        { at: 1, from: 'S3://b/2' },
      ]);
    });

    it('fails with States.ItemReaderFailed, which a Catch takes', async () => {
      const execution = await run(distributed(branch('I', pass()), reader()), { bucket: 'b' });
      expect(execution.error).toBe('States.ItemReaderFailed');
      expect(execution.history.slice(3, 6).map(({ type }) => type)).toEqual([
        'MapRunStarted',
        'MapRunFailed',
        'MapStateFailed',
      ]);
      const caught = distributed(branch('I', pass()), {
        ...reader(),
        Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], Next: 'Caught' }],
      });
      expect(output(await run(caught, { bucket: 'b' }))).toMatchObject({ Error: 'States.ItemReaderFailed' });
    });
  });

  it('writes no results where the host has nothing to write them with', async () => {
    const writer = { ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b' } } };
    const execution = await run(distributed(branch('I', pass()), writer), [1]);
    expect(execution.error).toBe('States.ResultWriterFailed');
  });

  it('fails where the host runs no Map Runs, saying so', async () => {
    const { mapRuns: _, ...host } = world().host;
    const execution = await run(distributed(branch('I', pass())), [1], { ...world(), host });
    expect(execution.cause).toContain('the host has no mapRuns');
  });

  it('runs on with the children that failed, when it is redriven', async () => {
    let attempts = 0;
    const place = world((listener) => {
      attempts += 1;
      if (attempts <= 2) {
        listener.failed('Oops', 'why');
      } else {
        listener.succeeded(attempts);
      }
    });
    const task = { Type: 'Task', Resource: FUNCTION_ARN, End: true };
    const definition = distributed(branch('T', task), { MaxConcurrency: 1, ToleratedFailureCount: 1 });
    const execution = start(definition, ['a', 'b'], place);
    await place.clock.runUntilIdle();
    expect(execution.error).toBe('States.ExceedToleratedFailureThreshold');

    execution.redrive();
    await place.clock.runUntilIdle();

    expect(output(execution)).toEqual([3, 4]);
    const redriven = execution.history.find(({ type }) => type === 'MapRunRedriven');
    expect(redriven?.mapRunRedrivenEventDetails).toEqual({
      mapRunArn: execution.history[3]?.mapRunStartedEventDetails?.mapRunArn,
      redriveCount: 1,
    });
  });

  it('stops its children when it is stopped', async () => {
    const place = world();
    const execution = start(distributed(branch('W', { Type: 'Wait', Seconds: 60, End: true })), [1, 2], place);
    await place.clock.advance(1000);
    execution.stop();
    await place.clock.runUntilIdle();
    expect(execution.status).toBe('ABORTED');
    expect(place.clock.nextTimerMs).toBeUndefined();
  });
});

describe('a Map Run', () => {
  /** Children that end when the test says so. */
  function children() {
    const ends: ((end: ChildEnd) => void)[] = [];
    const stopped: number[] = [];
    const startChild = (): RunningChild<ChildEnd> => {
      const index = ends.length;
      return { ended: new Promise((resolve) => ends.push(resolve)), stop: () => stopped.push(index) };
    };
    return { ends, startChild, stopped };
  }
  const inputs = (count: number, itemCount = 1) => Array.from({ length: count }, () => ({ input: '1', itemCount }));
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('runs so many children at once, and more as soon as it is told', async () => {
    const { ends, startChild } = children();
    const mapRun = new MapRun({ maxConcurrency: 2 }, startChild);
    void mapRun.run(inputs(5));
    expect(mapRun.counts('executions')).toMatchObject({ running: 2, pending: 3, total: 5 });
    ends[0]?.({ status: 'SUCCEEDED' });
    await turn();
    expect(mapRun.counts('executions')).toMatchObject({ succeeded: 1, running: 2, pending: 2 });
    mapRun.update({ maxConcurrency: 4 });
    expect(mapRun.counts('executions')).toMatchObject({ running: 4, pending: 0 });
  });

  it('stops what runs, and starts nothing more, once too many have failed', async () => {
    const { ends, startChild, stopped } = children();
    const mapRun = new MapRun({ maxConcurrency: 2, toleratedFailureCount: 2 }, startChild);
    const done = mapRun.run(inputs(4, 3));
    ends[1]?.({ status: 'TIMED_OUT' });
    await expect(done).rejects.toThrow('The specified tolerated failure threshold was exceeded');
    expect(stopped).toEqual([0]);
    ends[0]?.({ status: 'ABORTED' });
    await turn();
    expect(mapRun.status).toBe('FAILED');
    expect(mapRun.counts('items')).toMatchObject({ timedOut: 3, aborted: 3, pending: 6, total: 12 });
  });

  it('still counts what it has let go', async () => {
    const { ends, startChild } = children();
    const mapRun = new MapRun({ maxConcurrency: 0 }, startChild);
    const done = mapRun.run(inputs(1));
    ends[0]?.({ status: 'SUCCEEDED', output: '1' });
    await done;
    mapRun.release();
    expect(mapRun.ends).toEqual([]);
    expect(mapRun.counts('executions')).toMatchObject({ succeeded: 1, total: 1 });
  });
});
