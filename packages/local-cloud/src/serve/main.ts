#!/usr/bin/env node
import { main } from '@workflows/command-line';
import { endpointOptions, SERVE } from './options';
import { startBareEndpoint } from './start-bare-endpoint';

void main(SERVE, async (values, { lifetime, stdout }) => {
  const endpoint = await startBareEndpoint(endpointOptions(values, process.env));
  lifetime.atEnd(() => endpoint.close());
  stdout(
    `Step Functions, Lambda, DynamoDB, SQS, SNS and EventBridge on ${endpoint.url} (region ${endpoint.region}, account ${endpoint.account}, ` +
      `any credentials${values.virtualTime ? ', virtual time' : ''})\n`,
  );
  await lifetime.untilInterrupted();
  return 0;
});
