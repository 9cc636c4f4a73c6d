import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clientOptions } from '@workflows/lambda-commons/aws-client';
import { createLambdaHandler } from '../../lambda';
import { jsonLog } from '../../log';

const { ALLOWED_CALLBACK_URL_PREFIX: prefix } = process.env;
if (prefix === undefined || !URL.canParse(prefix)) {
  throw new Error('The environment variable ALLOWED_CALLBACK_URL_PREFIX must be the absolute URL of the callback API.');
}

const client = new LambdaClient(clientOptions(5000));

export const handler = createLambdaHandler({
  invokeAsync: async (functionName, event) => {
    await client.send(
      new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload: JSON.stringify(event) }),
    );
  },
  allowedCallbackUrlPrefix: prefix,
  log: jsonLog,
});
