/** Proves, with a small Step Functions, that nothing runs any longer when a deployment is destroyed. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stopExecutions } from '../../src/deploy/running-executions';

const PAGE = 2;

const running: Readonly<Record<string, readonly string[]>> = {
  'machine-1': ['a', 'b', 'c', 'd', 'e'],
  'machine-2': ['f'],
  'machine-3': [],
};
const operations = new Set<string>();
const stopped: unknown[] = [];

function answer(operation: string, body: Readonly<Record<string, string>>): unknown {
  operations.add(operation);
  if (operation === 'StopExecution') {
    stopped.push(body.executionArn);
    return { stopDate: 0 };
  }
  const from = Number(body.nextToken ?? 0);
  const all = running[body.stateMachineArn ?? ''] ?? [];
  const executions = all.slice(from, from + PAGE).map((executionArn) => ({ executionArn, status: body.statusFilter }));
  return { executions, ...(from + PAGE < all.length ? { nextToken: String(from + PAGE) } : {}) };
}

const server: Server = createServer((request, response) => {
  const operation = String(request.headers['x-amz-target']).split('.').pop() ?? '';
  let text = '';
  request.on('data', (chunk) => {
    text += chunk;
  });
  request.on('end', () => {
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify(answer(operation, JSON.parse(text))));
  });
});

beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(() => new Promise((closed) => server.close(closed)));

const account = () => ({
  region: 'us-east-1',
  endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

describe('stopExecutions', () => {
  it('stops what runs, on every page of every state machine, and does nothing else', async () => {
    await stopExecutions(account(), {
      First: { WorkflowStateMachineArn: 'machine-1', TasksTableName: 'tasks' },
      Second: { OtherStateMachineArn: 'machine-2', ThirdStateMachineArn: 'machine-3' },
    });

    expect(stopped).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(operations).toEqual(new Set(['ListExecutions', 'StopExecution']));
  });
});
