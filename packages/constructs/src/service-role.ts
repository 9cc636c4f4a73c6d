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
 * A role for one function or one state machine, with one inline policy that contains exactly the granted permissions.
 *
 * @example
 * const role = new ServiceRole(this, 'Role', { name: 'dev-get-task', service: 'lambda.amazonaws.com' });
 * role.allow({ actions: ['dynamodb:GetItem'], resources: [table.arn] });
 */
export class ServiceRole extends Construct {
  readonly resource: IamRole;
  /** The only policy of the role. Resources whose permissions AWS checks on creation depend on it. */
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
      // Permissions are granted after the role is created, so the document is written at synthesis.
      policy: Lazy.stringValue({
        produce: (context) => renderPolicy(this.#statements, (resource) => context.resolve(resource)),
      }),
    });
  }

  get arn(): string {
    return this.resource.arn;
  }

  /** Adds a statement to the policy of the role. */
  allow(...statements: readonly PolicyStatement[]): void {
    this.#statements.push(...statements);
  }
}
