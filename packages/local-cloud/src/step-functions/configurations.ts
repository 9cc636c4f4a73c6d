import { invalidEncryptionConfiguration, invalidLoggingConfiguration } from './errors';
import type { EncryptionConfiguration, LoggingConfiguration } from './model';

/**
 * @throws {AwsError} `InvalidLoggingConfiguration`
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_LoggingConfiguration.html
 */
export function checkLogging({ destinations = [], level = 'OFF' }: LoggingConfiguration = {}): void {
  if (destinations.length > 1 || (destinations.length === 0 && level !== 'OFF')) {
    throw invalidLoggingConfiguration('Must specify exactly one Log Destination.');
  }
}

/**
 * As AWS's reference says of the error; what AWS's message says is not known.
 *
 * @throws {AwsError} `InvalidEncryptionConfiguration`
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
 */
export function checkEncryption(configuration: EncryptionConfiguration | undefined): void {
  if (configuration?.type === 'CUSTOMER_MANAGED_KMS_KEY' && configuration.kmsKeyId === undefined) {
    throw invalidEncryptionConfiguration('kmsKeyId must be specified for the type CUSTOMER_MANAGED_KMS_KEY');
  }
}
