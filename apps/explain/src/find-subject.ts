import {
  type ExecutionSources,
  executionArn,
  type KnownOutputs,
  type LoadedExecution,
  loadExecution,
  parseExecutionArn,
  Redactor,
  type TaskRecord,
} from '@workflows/inspector';

/** What an id names: an execution, or a task with only a record, because its execution is not started or already deleted. */
export type Subject =
  | { readonly kind: 'task' | 'composite' | 'workflow'; readonly execution: LoadedExecution }
  | { readonly kind: 'record'; readonly record: TaskRecord };

/**
 * Finds what an id names: the ARN of an execution, or the name of one in any of the deployed state machines (without
 * outputs: of the account).
 */
export async function findSubject(
  id: string,
  outputs: KnownOutputs,
  sources: ExecutionSources,
): Promise<Subject | undefined> {
  for (const arn of await candidates(id, outputs, sources)) {
    const execution = await loadExecution(arn, sources);
    if (execution !== undefined) {
      return { kind: kindOf(arn, outputs), execution };
    }
  }
  const record = await sources.tasks?.reader.record(id, new Redactor());
  return record === undefined ? undefined : { kind: 'record', record };
}

async function candidates(id: string, outputs: KnownOutputs, { reader }: ExecutionSources): Promise<string[]> {
  if (id.startsWith('arn:')) {
    return parseExecutionArn(id) === undefined ? [] : [id];
  }
  const { workflowStateMachine, compositeStateMachine, idempotentStateMachine, lambdaStateMachine } = outputs;
  const known = [workflowStateMachine, compositeStateMachine, idempotentStateMachine, lambdaStateMachine].flatMap(
    (arn) => arn ?? [],
  );
  const machines = known.length > 0 ? known : (await reader.stateMachines()).map(({ arn }) => arn);
  return machines.map((arn) => executionArn(arn, id));
}

function kindOf(arn: string, outputs: KnownOutputs): 'task' | 'composite' | 'workflow' {
  const machine = parseExecutionArn(arn)?.stateMachineArn;
  if (machine === outputs.workflowStateMachine) {
    return 'task';
  }
  return machine === outputs.compositeStateMachine ? 'composite' : 'workflow';
}
