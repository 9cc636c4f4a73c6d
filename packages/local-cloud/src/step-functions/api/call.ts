import { AwsError, type Principal } from '../../contracts';
import type { Client, Operation, ServiceContext } from '../context';
import { readRequest } from '../shapes';
import { isOperationName, OPERATIONS, type OperationName, type ResponseOf } from './operations';

/**
 * Checks a request, and whether the caller may send it, and carries it out.
 *
 * @throws {AwsError} as the operation's page in AWS's reference lists them
 */
export function callOperation<N extends OperationName>(
  context: ServiceContext,
  name: N,
  request: unknown,
  caller: Principal | undefined,
  client?: Client,
): ResponseOf<N> | Promise<ResponseOf<N>> {
  // Each operation reads its own request, so which one it is need not be known here.
  const operation = OPERATIONS[name] as unknown as Operation<unknown, ResponseOf<N>>;
  const checked = readRequest(operation.request, request);
  if (operation.resource !== undefined) {
    context.authorizer.authorize(caller, `states:${name}`, operation.resource(checked));
  }
  return operation.run(context, checked, caller, client);
}

/** @throws {AwsError} `UnknownOperationException` */
export function operationNamed(name: string): OperationName {
  if (!isOperationName(name)) {
    throw new AwsError('UnknownOperationException', `Step Functions has no operation ${name.slice(0, 100)}`);
  }
  return name;
}
