import { randomBytes } from 'node:crypto';
import { arnOf } from '../account';
import { type Authorizer, AwsError, type Principal } from '../contracts';
import {
  type ConditionContext,
  decide,
  type IdentityPolicy,
  parseIdentityPolicy,
  parseTrustPolicy,
  type TrustPolicy,
  trusts,
} from './policy';

/** Credentials that say, by their access key id, which role uses them. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** A principal did what its policies do not allow. */
class AccessDeniedError extends AwsError {
  override readonly name = 'AccessDeniedError';
  constructor(message: string) {
    super('AccessDeniedException', message, 400);
  }
}

/** AWS managed policies that grant something here. */
const MANAGED_POLICIES: ReadonlyMap<string, IdentityPolicy> = new Map([
  [
    'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole',
    parseIdentityPolicy(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
            Resource: '*',
          },
        ],
      }),
    ),
  ],
]);

interface Role {
  readonly name: string;
  readonly trust: TrustPolicy;
  readonly policies: Map<string, () => IdentityPolicy | undefined>;
}

/**
 * AWS managed policies that grant only what has no counterpart on this machine: writing logs, metrics and traces.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
const MANAGED_POLICIES_WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
  'arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess',
  'arn:aws:iam::aws:policy/CloudWatchLambdaInsightsExecutionRolePolicy',
]);

/**
 * The roles and policies of the loaded stacks, enforced on every call that a function or a state machine makes.
 * Callers with other credentials are the developer at the keyboard and may do everything.
 */
export class Iam implements Authorizer {
  readonly #roles = new Map<string, Role>();
  readonly #policies = new Map<string, IdentityPolicy>(MANAGED_POLICIES);
  readonly #principals = new Map<string, Principal>();

  /**
   * @returns the role's ARN
   * @throws {UnsupportedPolicyError}
   */
  createRole(name: string, assumeRolePolicy: string, path = '/'): string {
    const arn = arnOf('iam', '', `role${path}${name}`);
    this.#roles.set(arn, { name, trust: parseTrustPolicy(assumeRolePolicy), policies: new Map() });
    return arn;
  }

  /** @throws {UnsupportedPolicyError} */
  createPolicy(name: string, document: string, path = '/'): string {
    const arn = arnOf('iam', '', `policy${path}${name}`);
    this.#policies.set(arn, parseIdentityPolicy(document));
    return arn;
  }

  /** @throws {UnsupportedPolicyError} */
  putRolePolicy(roleName: string, policyName: string, document: string): void {
    const policy = parseIdentityPolicy(document);
    this.#roleNamed(roleName).policies.set(`inline:${policyName}`, () => policy);
  }

  /** @throws {AwsError} `NoSuchEntity` for a policy that no stack declares and that is not known to be without effect here. */
  attachRolePolicy(roleName: string, policyArn: string): void {
    if (!this.#policies.has(policyArn) && !MANAGED_POLICIES_WITHOUT_EFFECT.has(policyArn)) {
      throw new AwsError(
        'NoSuchEntity',
        `policy ${policyArn} is not supported; supported: policies of the stack and ${[...MANAGED_POLICIES_WITHOUT_EFFECT, ...MANAGED_POLICIES.keys()].join(', ')}`,
      );
    }
    this.#roleNamed(roleName).policies.set(policyArn, () => this.#policies.get(policyArn));
  }

  /** @throws {AwsError} worded as AWS words it when a service is given a role that does not exist or does not trust it. */
  checkAssumable(roleArn: string, service: string, context: ConditionContext = {}): void {
    const role = this.#roles.get(roleArn);
    if (role === undefined) {
      throw new AwsError('NoSuchEntity', `role ${roleArn} is not in the loaded stacks`);
    }
    if (!trusts(role.trust, service, context)) {
      throw new AwsError(
        'InvalidParameterValueException',
        `The role ${roleArn} cannot be assumed by ${service}: its trust policy does not allow it.`,
      );
    }
  }

  /** Issues credentials for one function or state machine that runs with a role. */
  issueCredentials(roleArn: string, sessionName: string): RoleCredentials {
    const accessKeyId = `ASIA${randomBytes(10).toString('hex').slice(0, 16).toUpperCase()}`;
    this.#principals.set(accessKeyId, { roleArn, sessionName });
    return {
      accessKeyId,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64'),
    };
  }

  /** Forgets credentials: the function that held them is gone. */
  revokeCredentials(accessKeyId: string): void {
    this.#principals.delete(accessKeyId);
  }

  principalOf(accessKeyId: string): Principal | undefined {
    return this.#principals.get(accessKeyId);
  }

  authorize(principal: Principal | undefined, action: string, resourceArn: string): void {
    if (principal === undefined) {
      return;
    }
    const role = this.#roles.get(principal.roleArn);
    const decisions = [...(role?.policies.values() ?? [])].map((policy) => {
      const document = policy();
      return document && decide(document, action, resourceArn);
    });
    const denied = decisions.includes('Deny');
    if (!denied && decisions.includes('Allow')) {
      return;
    }
    const why = denied
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
    throw new AccessDeniedError(
      `User: ${assumedRoleArn(principal)} is not authorized to perform: ${action} on resource: ${resourceArn} ${why}`,
    );
  }

  #roleNamed(name: string): Role {
    for (const role of this.#roles.values()) {
      if (role.name === name) {
        return role;
      }
    }
    throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`);
  }
}

/** `arn:aws:sts::000000000000:assumed-role/<role>/<session>` */
export function assumedRoleArn({ roleArn, sessionName }: Principal): string {
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return arnOf('sts', '', `assumed-role/${roleName}/${sessionName ?? 'session'}`);
}

/** Lets all callers do everything. Services still need the permission of a function or a queue. */
export const allowEverything: Authorizer = {
  authorize: () => undefined,
  principalOf: () => undefined,
};

/** Checks no permissions at all: for an endpoint that no stack is loaded into. */
export const checkNothing: Authorizer = { ...allowEverything, openToServices: true };
