import { ACCOUNT_ID } from '../account';
import type { ServiceCaller } from '../contracts';
import { matchesWildcard } from '../iam';

/** Lets an AWS service invoke a function: a statement of the function's resource policy. */
export interface Permission {
  readonly statementId: string;
  readonly action: string;
  /** `apigateway.amazonaws.com` */
  readonly principal: string;
  /** Pattern of the ARN on whose behalf the service may invoke. */
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html */
export function permits(permissions: readonly Permission[], caller: ServiceCaller): boolean {
  return permissions.some(
    ({ action, principal, sourceAccount, sourceArn }) =>
      matchesWildcard(action, 'lambda:InvokeFunction', { ignoreCase: true }) &&
      principal === caller.service &&
      (sourceArn === undefined || matchesWildcard(sourceArn, caller.sourceArn)) &&
      (sourceAccount === undefined || sourceAccount === ACCOUNT_ID),
  );
}
