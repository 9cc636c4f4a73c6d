import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { checkName, NAME_RULES } from './guards';
import { type PolicyStatement, renderPolicy, renderTrust } from './policy';

export interface ServiceRoleProps {
  /** Name of the role, unique in the account: 1 to 64 characters. */
  readonly name: string;
  /** The service that assumes the role, such as `lambda.amazonaws.com`. */
  readonly service: string;
  /** @default - Terraform's own */
  readonly description?: string;
}

/**
 * A role for one function or one state machine, with one inline policy that holds exactly what was granted.
 *
 * @example
 * const role = new ServiceRole(this, 'Role', { name: 'dev-get-task', service: 'lambda.amazonaws.com' });
 * role.allow({ actions: ['dynamodb:GetItem'], resources: [table.arn] });
 */
export class ServiceRole extends Construct {
  readonly resource: IamRole;
  /** The role's only policy. A resource that AWS checks for permissions when it is created depends on it. */
  readonly policy: IamRolePolicy;
  readonly #statements: PolicyStatement[] = [];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    checkName(this, NAME_RULES.role, props.name);
    this.resource = new IamRole(this, 'Resource', {
      name: props.name,
      assumeRolePolicy: renderTrust(props.service),
      ...(props.description === undefined ? {} : { description: props.description }),
    });
    this.policy = new IamRolePolicy(this, 'Policy', {
      name: 'granted',
      role: this.resource.name,
      // Grants arrive after the role exists, so the document is written when the stack is synthesized.
      policy: Lazy.stringValue({
        produce: (context) => renderPolicy(this.#statements, (resource) => context.resolve(resource)),
      }),
    });
  }

  get arn(): string {
    return this.resource.arn;
  }

  /** Adds to what the role may do. */
  allow(...statements: readonly PolicyStatement[]): void {
    this.#statements.push(...statements);
  }
}
