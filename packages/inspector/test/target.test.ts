import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOutputs } from '@workflows/contract';
import { knownOutputs, resolveTarget } from '../src';

const outputs = JSON.stringify({
  WorkflowsStack: {
    WorkflowApiEndpoint: 'https://abc.execute-api.eu-west-1.amazonaws.com/prod',
    WorkflowStateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:dev-Workflow',
    TasksTableName: 'dev-Tasks',
  },
});

describe('where to look', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'target-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const startRuntime = () => {
    mkdirSync(join(root, '.local'));
    writeFileSync(join(root, '.local', 'outputs.json'), outputs);
    writeFileSync(
      join(root, '.local', 'aws.env'),
      'AWS_ENDPOINT_URL=http://127.0.0.1:4566\nAWS_REGION=eu-west-1\nAWS_ACCESS_KEY_ID=local\nAWS_SECRET_ACCESS_KEY=local\n',
    );
  };

  it('is the embedded runtime when it is up', () => {
    startRuntime();
    expect(resolveTarget({ root, env: {} })).toMatchObject({
      kind: 'local',
      awsEndpoint: 'http://127.0.0.1:4566',
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local' },
      outputs: { tasksTable: 'dev-Tasks' },
    });
  });

  it('is the account whose outputs are named, even while the runtime is up', () => {
    startRuntime();
    writeFileSync(join(root, 'outputs.json'), outputs);
    const target = resolveTarget({ root, env: {}, outputsFile: 'outputs.json' });
    expect(target).toMatchObject({ kind: 'aws', region: 'eu-west-1' });
    expect(target).not.toHaveProperty('awsEndpoint');
  });

  it('is an account without outputs when that is asked for', () => {
    startRuntime();
    expect(resolveTarget({ root, env: { AWS_REGION: 'us-west-2' }, aws: true })).toEqual({
      kind: 'aws',
      region: 'us-west-2',
      outputs: {},
    });
  });

  it('says what to do when there is nothing to look at', () => {
    expect(() => resolveTarget({ root, env: {} })).toThrow(/pnpm start.*--outputs/);
  });

  it('asks for a region when an account is wanted, whether the runtime is up or not', () => {
    startRuntime();
    expect(() => resolveTarget({ root, env: {}, aws: true })).toThrow(/^The AWS region is not set\. .*AWS_REGION/);
  });

  it('names the outputs file that cannot be read', () => {
    expect(() => resolveTarget({ root, env: {}, outputsFile: 'missing.json' })).toThrow(/outputs file .*missing\.json/);
  });
});

describe('outputs', () => {
  it('are known by name, and endpoints end in a slash', () => {
    expect(knownOutputs(parseOutputs(outputs))).toEqual({
      workflowApi: 'https://abc.execute-api.eu-west-1.amazonaws.com/prod/',
      workflowStateMachine: 'arn:aws:states:eu-west-1:123456789012:stateMachine:dev-Workflow',
      tasksTable: 'dev-Tasks',
      region: 'eu-west-1',
    });
  });
});
