import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { Construct } from 'constructs';
import { missingBundle } from './errors';
import type { Grantee } from './grants';
import { checkInteger, checkLogRetention, checkName, NAME_RULES } from './guards';
import type { PolicyStatement } from './policy';
import { ServiceRole } from './service-role';
import { ZipAsset } from './zip-asset';

export interface NodeFunctionProps {
  /** Name of the function and of its role: 1 to 64 characters of `A-Z a-z 0-9 _ -`. */
  readonly name: string;
  /** Folder with `index.js`, which exports `handler` (CommonJS). Everything in the folder is deployed. */
  readonly bundle: string;
  /** @default - none */
  readonly description?: string;
  /** Days to keep the function's log. @default 30 */
  readonly logRetentionDays?: number;
  /** @default 'arm64' */
  readonly architecture?: 'arm64' | 'x86_64';
  /** MiB, 128 to 10240. CPU grows with it. @default 256 */
  readonly memoryMib?: number;
  /** Seconds after which Lambda stops the function, 1 to 900. @default 30 */
  readonly timeoutSeconds?: number;
  /**
   * Reserved concurrency of the function, which is also its maximum concurrency.
   *
   * @default - only the account limit applies
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   */
  readonly reservedConcurrency?: number;
  /** Environment variables, at most 4 KB in total. @default - only `NODE_OPTIONS=--enable-source-maps` */
  readonly environment?: Readonly<Record<string, string>>;
}

const HANDLER_FILE = 'index.js';

/**
 * A bundled Node.js function with its own role, log group and tracing. The archive depends only on the contents of the
 * bundle, so an unchanged function is not deployed again.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 * @example
 * const getTask = new NodeFunction(this, 'GetTask', {
 *   name: 'dev-get-task',
 *   bundle: '/path/to/dist/functions/get-task',
 *   environment: { TASKS_TABLE_NAME: table.name },
 * });
 * table.grant(getTask, 'dynamodb:GetItem');
 */
export class NodeFunction extends Construct implements Grantee {
  readonly resource: LambdaFunction;
  readonly role: ServiceRole;
  readonly logGroup: CloudwatchLogGroup;
  /** The name from the props, known at synthesis. */
  readonly functionName: string;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    checkName(this, NAME_RULES.function, props.name);
    checkLogRetention(this, props.logRetentionDays);
    checkInteger(this, 'memoryMib', props.memoryMib, {
      min: 128,
      max: 10_240,
      unit: 'MiB',
      fix: 'Choose another memory size.',
    });
    checkInteger(this, 'timeoutSeconds', props.timeoutSeconds, {
      min: 1,
      max: 900,
      unit: 'seconds',
      fix: 'A Lambda function runs for at most 15 minutes. Use a state machine for longer work.',
    });
    checkInteger(this, 'reservedConcurrency', props.reservedConcurrency, {
      min: 1,
      max: 1000,
      unit: 'concurrent executions',
      fix: '0 would disable the function. Omit the property for no limit.',
    });
    if (!existsSync(join(props.bundle, HANDLER_FILE))) {
      throw missingBundle(this.node.path, props.bundle, HANDLER_FILE);
    }

    this.functionName = props.name;
    this.role = new ServiceRole(this, 'Role', { name: props.name, service: 'lambda.amazonaws.com' });
    this.logGroup = new CloudwatchLogGroup(this, 'LogGroup', {
      name: `/aws/lambda/${props.name}`,
      retentionInDays: props.logRetentionDays ?? 30,
    });
    this.role.allow(
      {
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`${this.logGroup.arn}:*`],
      },
      {
        actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
        resources: ['*'],
        reason:
          'X-Ray knows no resource for these: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html',
      },
    );

    const code = new ZipAsset(this, 'Code', { folder: props.bundle });
    this.resource = new LambdaFunction(this, 'Resource', {
      functionName: props.name,
      ...(props.description === undefined ? {} : { description: props.description }),
      filename: code.path,
      sourceCodeHash: code.archive.sha256Base64,
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      architectures: [props.architecture ?? 'arm64'],
      memorySize: props.memoryMib ?? 256,
      timeout: props.timeoutSeconds ?? 30,
      role: this.role.arn,
      tracingConfig: { mode: 'Active' },
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      // Stack traces that name the lines of the TypeScript sources.
      environment: { variables: { NODE_OPTIONS: '--enable-source-maps', ...props.environment } },
      // The log group must exist before the first line is logged, because the role cannot create it.
      dependsOn: [this.logGroup],
    });
  }

  get arn(): string {
    return this.resource.arn;
  }

  allow(...statements: readonly PolicyStatement[]): void {
    this.role.allow(...statements);
  }

  /** Sets an environment variable after the function was created, for values that refer to the function. */
  addEnvironment(name: string, value: string): void {
    const current = this.resource.environmentInput?.variables ?? {};
    this.resource.putEnvironment({ variables: { ...current, [name]: value } });
  }

  /** Lets `grantee` invoke this function. */
  grantInvoke(grantee: Grantee): void {
    grantee.allow({ actions: ['lambda:InvokeFunction'], resources: [this.arn] });
  }
}
