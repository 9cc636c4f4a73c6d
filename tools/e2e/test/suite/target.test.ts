/** Proves that a target that cannot be used is refused with what is missing, and that the list of deviations is true. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deviationOf, deviations } from '../../src/deviations';
import { loadTarget, targetName } from '../../src/target';

const outputs = {
  WorkflowsLambdaStack: { WorkflowLambdaStateMachineArn: 'arn:lambda' },
  WorkflowIdempotentStack: {
    WorkflowIdempotentApiEndpoint: 'http://127.0.0.1:1/prod',
    WorkflowIdempotentStateMachineArn: 'arn:idempotent',
  },
  WorkflowsStack: {
    WorkflowApiEndpoint: 'http://127.0.0.1:2/prod/',
    WorkflowStateMachineArn: 'arn:workflow',
    CompositeWorkflowStateMachineArn: 'arn:composite',
    TasksTableName: 'tasks',
  },
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'workflows-target-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function load(content: unknown, env: NodeJS.ProcessEnv = { AWS_ENDPOINT_URL: 'http://127.0.0.1:3' }) {
  writeFileSync(join(directory, 'outputs.json'), typeof content === 'string' ? content : JSON.stringify(content));
  return loadTarget({ E2E_OUTPUTS: 'outputs.json', ...env }, directory);
}

describe('a target', () => {
  it('is described by its outputs; endpoints end in a slash', () => {
    expect(load(outputs)).toEqual({
      name: 'local',
      awsEndpointUrl: 'http://127.0.0.1:3',
      workflowLambdaStateMachineArn: 'arn:lambda',
      idempotentApiEndpoint: 'http://127.0.0.1:1/prod/',
      idempotentStateMachineArn: 'arn:idempotent',
      workflowApiEndpoint: 'http://127.0.0.1:2/prod/',
      workflowStateMachineArn: 'arn:workflow',
      compositeStateMachineArn: 'arn:composite',
      tasksTableName: 'tasks',
      serviceApiEndpoint: undefined,
    });
  });

  it('needs no endpoint of its own when it is AWS', () => {
    expect(load(outputs, { E2E_TARGET: 'aws' }).awsEndpointUrl).toBeUndefined();
  });

  it('is refused without an outputs file, naming the file and the variable', () => {
    expect(() => loadTarget({ E2E_OUTPUTS: 'none.json' }, directory)).toThrow(/none\.json.*E2E_OUTPUTS/s);
  });

  it('is refused when outputs are missing, naming each', () => {
    const { WorkflowsLambdaStack, ...rest } = outputs;
    expect(() => load(rest)).toThrow('WorkflowsLambdaStack.WorkflowLambdaStateMachineArn');
    expect(() => load({ WorkflowsLambdaStack })).toThrow('WorkflowsStack.TasksTableName');
  });

  it('is refused when the outputs are not JSON', () => {
    expect(() => load('{')).toThrow('is not JSON');
  });

  it('is refused without AWS_ENDPOINT_URL unless it is AWS', () => {
    expect(() => load(outputs, { E2E_TARGET: 'emulator' })).toThrow('AWS_ENDPOINT_URL');
  });

  it('is refused when the suite does not know it, naming those it knows', () => {
    expect(() => targetName({ E2E_TARGET: 'azure' })).toThrow(/azure.*local, emulator, hybrid, aws/);
  });
});

describe('deviations', () => {
  it('name tests that exist', () => {
    const root = join(__dirname, '..');
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(test|exhaustive)\.ts$/.test(file))
      .map((file) => readFileSync(join(root, file), 'utf8'));

    for (const { test, reason } of Object.values(deviations).flat()) {
      expect(sources.some((source) => source.includes(`'${test}'`))).toBe(true);
      expect(reason).not.toBe('');
    }
  });

  it('concern one target, by the whole title', () => {
    const [known] = deviations.emulator;
    expect(deviationOf('emulator', known?.test ?? '')).toBe(known);
    expect(deviationOf('local', known?.test ?? '')).toBeUndefined();
    expect(deviationOf('emulator', 'another test')).toBeUndefined();
  });
});
