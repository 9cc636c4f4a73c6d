import type { Route } from '../http/handler';
import { notFound, readId } from '../http/path-ids';
import { pollable } from '../http/response';
import { executionArn } from '../workflows/executions';
import type { GetCompositeDependencies } from '../workflows/get-workflow';
import type { NameStore } from './name-store';
import { executionFields, outputField } from './public-execution';

export interface GetIdempotentDependencies extends GetCompositeDependencies {
  readonly names: NameStore;
}

/**
 * `GET /workflow/{name}`: the execution of a name. One that Step Functions does not show yet is known from the name's
 * record; a name that was only reserved has no execution, and is 404.
 */
export const getIdempotent =
  ({ names, executions, stateMachineArn }: GetIdempotentDependencies): Route =>
  async (request) => {
    const name = readId(request, 'name');
    const execution = await executions.describe(executionArn(stateMachineArn, name));
    if (execution !== undefined) {
      request.note({ workflowId: name });
      const { error, cause } = execution;
      return pollable({
        name,
        ...executionFields(execution),
        ...outputField(execution),
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      });
    }
    const record = await names.get(name);
    if (record?.executionArn === undefined) {
      throw notFound('name');
    }
    request.note({ workflowId: name });
    const { executionArn: arn, startDate = record.createdAt } = record;
    return { status: 200, body: { name, executionArn: arn, startDate, status: 'RUNNING' } };
  };
