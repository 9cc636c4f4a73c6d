#!/usr/bin/env node
import { ACCOUNT_ID } from '../account';
import { PortUnavailableError } from '../endpoint';
import { HELP, readOptions, UsageError } from './options';
import { startBareEndpoint } from './start-bare-endpoint';

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const endpoint = await startBareEndpoint(options);
  let closing = false;
  const stop = (): void => {
    if (!closing) {
      closing = true;
      void endpoint.close().then(() => process.exit(0));
    }
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.write(
    `Step Functions, Lambda and DynamoDB on ${endpoint.url} (region ${endpoint.region}, account ${ACCOUNT_ID}, ` +
      `any credentials${options.virtualTime === true ? ', virtual time' : ''})\n`,
  );
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isExpected = error instanceof UsageError || error instanceof PortUnavailableError;
  const text = error instanceof Error ? (isExpected ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`serve: ${text}${error instanceof UsageError ? ' See --help.' : ''}\n`);
  process.exitCode = 1;
});
