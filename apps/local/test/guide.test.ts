import type { LocalCloud } from '@workflows/local-cloud';
import { guide } from '../src/guide';

const cloud = {
  endpoint: 'http://127.0.0.1:4566',
  region: 'eu-west-1',
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  outputs: {
    WorkflowsLambdaStack: { WorkflowLambdaStateMachineArn: 'arn:of:lambda' },
    WorkflowIdempotentStack: { WorkflowIdempotentApiEndpoint: 'http://127.0.0.1:4567/prod/' },
    WorkflowsStack: { WorkflowApiEndpoint: 'http://127.0.0.1:4568/prod/' },
  },
} as unknown as LocalCloud;
const files = { environment: '.local/aws.env', logsDir: '.local/logs' };
const shown = (more: { manual?: boolean; signed?: boolean }) =>
  guide(cloud, files, { consoleUrl: 'http://127.0.0.1:4576/', manual: false, signed: false, ...more });

describe('the guide', () => {
  it('names the console again, which was printed before the demonstration', () => {
    expect(shown({})).toMatch(/Console +http:\/\/127\.0\.0\.1:4576\/\n/);
  });

  it('offers no failing mock where a person is the external service, and says where requests arrive', () => {
    expect(shown({})).toContain('"outcome":"fail"');
    expect(shown({ manual: true })).not.toContain('"mock"');
    expect(shown({ manual: true })).toContain('appear in the inbox');
  });

  it('signs its examples where the APIs ask for it', () => {
    expect(shown({ signed: true })).toContain('--aws-sigv4 aws:amz:eu-west-1:execute-api');
  });
});
