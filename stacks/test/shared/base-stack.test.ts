/** Proves that a stack cannot give a function another environment than its code reads: it does not compile. */
import { Testing } from 'cdktf';
import type { Construct } from 'constructs';
import { type Config, readConfig } from '../../src/config/config';
import { BaseStack } from '../../src/shared/base-stack';

class Drifting extends BaseStack {
  constructor(scope: Construct, config: Config) {
    super(scope, 'Drifting', config);
    this.addFunction('Complete', 'get-workflow', { STATE_MACHINE_ARN: 'arn:x', TASKS_TABLE_NAME: 'tasks' });
    // @ts-expect-error: STATE_MACHINE_ARN is missing
    this.addFunction('Missing', 'get-idempotent-workflow', { IDEMPOTENCY_TABLE_NAME: 'names' });
    // @ts-expect-error: misspelt
    this.addFunction('Misspelt', 'get-task', { TASK_TABLE_NAME: 'tasks' });
    // @ts-expect-error: a variable of another function
    this.addFunction('Foreign', 'heartbeat-task', { TASKS_TABLE_NAME: 'tasks', API_URL: 'https://x' });
    // @ts-expect-error: an output that the contract does not have
    expect(() => this.addOutput('workflowsApi', 'https://x')).toThrow(TypeError);
  }
}

describe('a stack', () => {
  it('names functions, variables and outputs as the contract does, or does not compile', () => {
    expect(() => new Drifting(Testing.app(), readConfig({}))).not.toThrow();
  });
});
