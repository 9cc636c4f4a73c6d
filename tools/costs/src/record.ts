import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PATTERNS, type Pattern } from '@workflows/contract';
import { Meter } from './meter';
import type { Usage } from './usage';
import { send, World } from './world';

/** Starts the pattern's example, waits for its end, and reads the result once where there is an API to read it from. */
async function runExample(world: World, { start, stateMachine, example }: Pattern): Promise<void> {
  const stateMachineArn = world.output(stateMachine);
  if (start.kind === 'execution') {
    const { credentials, endpoint, region } = world.cloud;
    const client = new SFNClient({ credentials, endpoint, region });
    await world.runToEnd(stateMachineArn, async () => {
      await client.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(example) }));
    });
    client.destroy();
    return;
  }
  const api = world.output(start.api);
  let name: unknown;
  await world.runToEnd(stateMachineArn, async () => {
    const answer = (await send('POST', api + start.path, example)) as Readonly<Record<string, unknown>>;
    name = answer[start.idField];
  });
  await send('GET', `${api}${start.resultPath}${name}`);
}

/** Runs each pattern once on the embedded runtime and counts what AWS would bill. */
export async function recordUsage(): Promise<Usage[]> {
  const world = await World.start();
  try {
    const usages: Usage[] = [];
    for (const pattern of PATTERNS) {
      const meter = new Meter(world.cloud);
      try {
        await runExample(world, pattern);
        usages.push(meter.read(pattern.title, pattern.records));
      } finally {
        meter.close();
      }
    }
    return usages;
  } finally {
    await world.close();
  }
}
