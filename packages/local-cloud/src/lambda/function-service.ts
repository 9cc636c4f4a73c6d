import type { FunctionInvoker, InvokeResult, ServiceCaller } from '../contracts';
import type { Code, CodeStore } from './code';
import type { AsynchronousConfiguration, FunctionConfiguration } from './function-configuration';
import type { Permission } from './permissions';

/** The functions as the rest of the runtime uses them: made by a stack, invoked by services. */
export interface FunctionService extends FunctionInvoker {
  readonly codeStore: CodeStore;
  arn(name: string): string;
  /** @throws {AwsError} `ResourceNotFoundException` */
  get(nameOrArn: string): { readonly configuration: FunctionConfiguration };
  create(configuration: FunctionConfiguration, code: Code): unknown;
  addPermission(nameOrArn: string, permission: Permission): void;
  configureAsynchronous(nameOrArn: string, configuration: AsynchronousConfiguration): void;
  /**
   * Invokes on behalf of an AWS service, which needs a permission on the function (`aws_lambda_permission`).
   * @throws {AwsError} `AccessDeniedException` without one
   */
  invokeFor(
    caller: ServiceCaller,
    functionName: string,
    payload: string,
    invocationType: 'RequestResponse' | 'Event',
  ): Promise<InvokeResult>;
}
