import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Meter } from './meter';
import type { Usage } from './usage';
import { send, World } from './world';

interface Pattern {
  readonly title: string;
  /** Items that stay in tables until they expire. */
  readonly records: number;
  readonly run: (world: World) => Promise<void>;
}

const PATTERNS: readonly Pattern[] = [
  {
    title: 'Lambda workflow, 5 numbers',
    records: 0,
    run: async (world) => {
      const stateMachineArn = world.output('WorkflowsLambdaStack', 'WorkflowLambdaStateMachineArn');
      const { credentials, endpoint, region } = world.cloud;
      const client = new SFNClient({ credentials, endpoint, region });
      await world.runToEnd(stateMachineArn, async () => {
        await client.send(new StartExecutionCommand({ stateMachineArn, input: '{"count":5}' }));
      });
      client.destroy();
    },
  },
  {
    title: 'Idempotent start, read once',
    records: 1,
    run: async (world) => {
      const api = world.output('WorkflowIdempotentStack', 'WorkflowIdempotentApiEndpoint');
      await world.runToEnd(world.output('WorkflowIdempotentStack', 'WorkflowIdempotentStateMachineArn'), async () => {
        await send('POST', `${api}workflow`, { name: 'invoice-17', input: { amount: 12 } });
      });
      await send('GET', `${api}workflow/invoice-17`);
    },
  },
  {
    title: 'Callback workflow, read once',
    records: 1,
    run: (world) => startAndRead(world, 'workflows', 'WorkflowStateMachineArn', { input: { order: 17 } }),
  },
  {
    title: 'Composite of 2, read once',
    records: 2,
    run: (world) =>
      startAndRead(world, 'compositeWorkflows', 'CompositeWorkflowStateMachineArn', { names: ['corge', 'grault'] }),
  },
];

async function startAndRead(world: World, route: string, machine: string, body: unknown): Promise<void> {
  const api = world.output('WorkflowsStack', 'WorkflowApiEndpoint');
  let url = '';
  await world.runToEnd(world.output('WorkflowsStack', machine), async () => {
    ({ url } = (await send('POST', `${api}${route}`, body)) as { url: string });
  });
  await send('GET', url);
}

/** Runs each pattern once on the embedded runtime and counts what AWS would bill. */
export async function recordUsage(): Promise<Usage[]> {
  const world = await World.start();
  try {
    const usages: Usage[] = [];
    for (const { title, records, run } of PATTERNS) {
      const meter = new Meter(world.cloud);
      try {
        await run(world);
        usages.push(meter.read(title, records));
      } finally {
        meter.close();
      }
    }
    return usages;
  } finally {
    await world.close();
  }
}
