// The SDK's word on the Node.js version that it will require is for who deploys, not for who counts.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DOCS, readPrices } from './prices';
import { recordUsage } from './record';
import { toMarkdown } from './report';

const HELP = `Usage: pnpm costs

Runs each pattern once on the embedded runtime, counts what AWS would bill, prices it with docs/prices.json, and writes
docs/costs.md.
`;

async function main(): Promise<void> {
  const { help } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values;
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const markdown = toMarkdown(await recordUsage(), readPrices());
  writeFileSync(join(DOCS, 'costs.md'), markdown);
  process.stdout.write(markdown);
}

main().catch((error: NodeJS.ErrnoException) => {
  const isUsage = error.code?.startsWith('ERR_PARSE_ARGS') === true;
  process.stderr.write(`${isUsage ? `${error.message.split(/\.\s/)[0]}; see --help` : error.stack}\n`);
  process.exitCode = isUsage ? 2 : 1;
});
