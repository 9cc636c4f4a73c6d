/** The errors of the Step Functions API, worded as AWS words them. @see https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html */
import { AwsError } from '../contracts';

const quoted = (code: string, title: string) => (what: string) => new AwsError(code, `${title}: '${what}'`);

export const invalidArn = quoted('InvalidArn', 'Invalid Arn');
export const invalidName = quoted('InvalidName', 'Invalid Name');
export const invalidToken = (): AwsError => new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
export const invalidOutput = quoted('InvalidOutput', 'Invalid Output');
export const invalidExecutionInput = quoted('InvalidExecutionInput', 'Invalid State Machine Execution Input');
export const stateMachineDoesNotExist = quoted('StateMachineDoesNotExist', 'State Machine Does Not Exist');
export const stateMachineAlreadyExists = quoted('StateMachineAlreadyExists', 'State Machine Already Exists');
export const stateMachineDeleting = quoted('StateMachineDeleting', 'State Machine Deleting');
export const executionDoesNotExist = quoted('ExecutionDoesNotExist', 'Execution Does Not Exist');
export const executionAlreadyExists = quoted('ExecutionAlreadyExists', 'Execution Already Exists');
export const activityDoesNotExist = quoted('ActivityDoesNotExist', 'Activity Does Not Exist');
export const activityAlreadyExists = quoted('ActivityAlreadyExists', 'Activity Already Exists');
export const activityLimitExceeded = quoted('ActivityLimitExceeded', 'Activity Limit Exceeded');
export const activityWorkerLimitExceeded = quoted('ActivityWorkerLimitExceeded', 'Activity Worker Limit Exceeded');
export const taskDoesNotExist = (): AwsError =>
  new AwsError('TaskDoesNotExist', "Task Does Not Exist: 'The task token is of no task known here'");
export const taskTimedOut = (): AwsError =>
  new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");

export const invalidDefinition = (message: string): AwsError => new AwsError('InvalidDefinition', message);
export const invalidLoggingConfiguration = (reason: string): AwsError =>
  new AwsError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${reason}`);
export const invalidEncryptionConfiguration = (reason: string): AwsError =>
  new AwsError('InvalidEncryptionConfiguration', `Invalid Encryption Configuration: ${reason}`);
export const executionNotRedrivable = (reason: string): AwsError => new AwsError('ExecutionNotRedrivable', reason);
export const stateMachineTypeNotSupported = (): AwsError =>
  new AwsError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
export const missingRequiredParameter = (message: string): AwsError =>
  new AwsError('MissingRequiredParameter', message);
export const resourceNotFound = (message = 'Request references a resource that does not exist.'): AwsError =>
  new AwsError('ResourceNotFound', message);
export const conflict = (message: string): AwsError => new AwsError('ConflictException', message);
export const tooManyTags = (message: string): AwsError => new AwsError('TooManyTags', message);
export const quotaExceeded = (message: string): AwsError => new AwsError('ServiceQuotaExceededException', message);
export const validationException = (message: string): AwsError => new AwsError('ValidationException', message);
export const serializationException = (message: string): AwsError => new AwsError('SerializationException', message);
