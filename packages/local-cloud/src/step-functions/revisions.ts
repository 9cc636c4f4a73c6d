import {
  type Definition,
  InvalidDefinitionError,
  parseDefinition,
  type StateMachineType,
} from '@workflows/states-language';
import { checkEncryption, checkLogging } from './configurations';
import type { ServiceContext } from './context';
import { invalidArn, invalidDefinition } from './errors';
import { authorizeManagedRules } from './managed-rules';
import { checkTestCases } from './mocks';
import type { EncryptionConfiguration, LoggingConfiguration, Revision, TracingConfiguration } from './model';

export interface RevisionSettings {
  /** The name of the state machine. */
  readonly name: string;
  readonly id: string;
  readonly type: StateMachineType;
  readonly definition: string;
  readonly roleArn: string;
  readonly loggingConfiguration?: LoggingConfiguration | undefined;
  readonly tracingConfiguration?: TracingConfiguration | undefined;
  readonly encryptionConfiguration?: EncryptionConfiguration | undefined;
}

const ROLE_ARN = /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/;

/**
 * Compiles a definition, once, for all executions to come.
 *
 * @throws {AwsError} `InvalidDefinition`; `InvalidArn`; `InvalidLoggingConfiguration`; `InvalidEncryptionConfiguration`;
 * `AccessDeniedException` for a role that may not create the rules
 * which nested executions are waited for with; `ValidationException` for test cases that mock what is not there
 */
export function compileRevision(context: ServiceContext, settings: RevisionSettings): Revision {
  if (!ROLE_ARN.test(settings.roleArn)) {
    throw invalidArn(`Invalid Role ARN: ${settings.roleArn}`);
  }
  const { id, definition, roleArn, loggingConfiguration, encryptionConfiguration } = settings;
  checkLogging(loggingConfiguration);
  checkEncryption(encryptionConfiguration);
  try {
    const program = parseDefinition(definition, { type: settings.type });
    const document: Definition = JSON.parse(definition);
    authorizeManagedRules(context, document, roleArn);
    checkTestCases(context.mocks, settings.name, document);
    return {
      id,
      definition,
      program,
      roleArn,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false, ...loggingConfiguration },
      tracingConfiguration: { enabled: false, ...settings.tracingConfiguration },
      encryptionConfiguration: encryptionConfiguration ?? { type: 'AWS_OWNED_KEY' },
      updatedMs: context.clock.now(),
      host: context.hostFor(roleArn),
    };
  } catch (error) {
    throw error instanceof InvalidDefinitionError ? invalidDefinition(error.message) : error;
  }
}
