#!/usr/bin/env node
import { main } from '@workflows/command-line';
import { endpointOptions, SERVE } from './options';
import { startBareEndpoint } from './start-bare-endpoint';

const LIST = new Intl.ListFormat('en-GB');

void main(SERVE, async (values, { lifetime, stdout }) => {
  const endpoint = await startBareEndpoint(endpointOptions(values, process.env));
  lifetime.atEnd(() => endpoint.close());
  stdout(
    `${LIST.format(endpoint.services)} on ${endpoint.url} (region ${endpoint.region}, account ${endpoint.account}, ` +
      `any credentials${values.virtualTime ? ', virtual time' : ''})\n`,
  );
  await lifetime.untilInterrupted();
  return 0;
});
