import { type JsonValue, parseTaskResource } from '@workflows/states-language';
import { type CheckMode, checkResult } from '../../src/step-functions/test-state/check-result';

const check = (resource: string, result: JsonValue, mode: CheckMode = 'STRICT') =>
  checkResult(parseTaskResource(`arn:aws:states:::${resource}`), result, mode);

describe('mocked results against the API models', () => {
  it.each<[string, JsonValue, string]>([
    ['events:putEvents', { Entries: {} }, "Field 'Entries' must be an array"],
    ['events:putEvents', { Entries: [{ EventId: 1 }] }, "Field 'EventId' must be a string"],
    ['states:startExecution', { ExecutionArn: 'a', StartDate: false }, "Field 'StartDate' must be a string"],
    ['sns:publish', { MessageId: 7 }, "Field 'MessageId' must be a string"],
    ['sqs:sendMessage', { MD5OfMessageBody: [] }, "Field 'MD5OfMessageBody' must be a string"],
    ['dynamodb:getItem', { Item: { a: { BOOL: 'no' } } }, "Field 'BOOL' must be a boolean"],
    ['aws-sdk:dynamodb:getItem', { Item: { a: { Bool: 1 } } }, "Field 'Bool' must be a boolean"],
    ['aws-sdk:dynamodb:getItem', { Item: { a: { BOOL: 1, Nul: 1 } } }, "Field 'Nul' must be a boolean"],
    ['aws-sdk:rds:describeDBInstances', { DbInstances: 1 }, "Field 'DbInstances' must be an array"],
    ['aws-sdk:s3:putObject', { ETag: 1 }, "Field 'ETag' must be a string"],
    ['aws-sdk:s3:getObject', { Metadata: [] }, "Field 'Metadata' must be an object"],
    [
      'aws-sdk:s3:getObject',
      { ServerSideEncryption: 'rot13' },
      "Field 'ServerSideEncryption' is not an expected value",
    ],
    ['aws-sdk:s3:getObject', { Body: {} }, "Field 'Body' must be a string"],
    ['aws-sdk:cloudwatchlogs:createLogStream', [], ''],
    ['ecs:runTask.sync', { Tasks: {} }, "Field 'Tasks' must be an array"],
    ['emr-serverless:createApplication.sync', { Application: 1 }, "Field 'Application' must be an object"],
    [
      'sagemaker:createTrainingJob.sync',
      { TrainingJobStatus: 'Fine' },
      "Field 'TrainingJobStatus' is not an expected value",
    ],
  ])('%s %j', (resource, result, problem) => {
    expect(check(resource, result, 'PRESENT') ?? '').toBe(problem);
  });

  it('asks for what an answer always has only in STRICT mode', () => {
    expect(check('states:startExecution', { startDate: true })).toBe("Required field 'ExecutionArn' is missing");
    expect(check('states:startExecution', { executionArn: 'a', startDate: 'd' })).toBe(
      "Required field 'ExecutionArn' is missing",
    );
    expect(check('states:startExecution', {}, 'PRESENT')).toBeUndefined();
    expect(check('dynamodb:putItem', {})).toBeUndefined();
  });

  it('compares the result of a job with what asks for its state', () => {
    expect(check('states:startExecution.sync:2', { ExecutionArn: 'a', StartDate: 'd' })).toBe(
      "Required field 'StateMachineArn' is missing",
    );
    const done = { ExecutionArn: 'a', StateMachineArn: 'm', StartDate: 'd', Status: 'SUCCEEDED' };
    expect(check('states:startExecution.sync:2', { ...done, Output: { a: 1 } })).toBeUndefined();
    expect(check('states:startExecution.sync', { ...done, Output: { a: 1 } })).toBe("Field 'Output' must be a string");
    expect(check('glue:startJobRun.sync', { JobRun: { JobRunState: 'GONE' } })).toBe(
      "Field 'JobRunState' is not an expected value",
    );
  });

  it('lets through what the API does not have, and what is compared with nothing', () => {
    expect(check('events:putEvents', { Unknown: 1 })).toBeUndefined();
    expect(check('lambda:invoke', { Payload: { any: ['json'] } })).toBeUndefined();
    expect(check('lambda:invoke.waitForTaskToken', [1])).toBeUndefined();
    expect(check('http:invoke', 'text')).toBeUndefined();
    expect(check('aws-sdk:nosuch:thing', 1)).toBeUndefined();
    expect(check('lambda:invoke', 'text')).toBe('Mock result must be a JSON object');
  });
});
