// The SDK's word on the Node.js version that it will require is for who deploys, not for who counts.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, main } from '@workflows/command-line';
import { DOCS, readPrices } from './prices';
import { recordUsage } from './record';
import { toMarkdown } from './report';

const COSTS = defineCommand({
  name: 'pnpm costs',
  description: `Runs each pattern once on the embedded runtime, counts what AWS would bill, applies the prices of docs/prices.json, and
writes docs/costs.md.`,
  options: {},
  exitCodes: { 0: 'docs/costs.md was written', 1: 'a pattern did not run' },
});

void main(COSTS, async (_, { stdout }) => {
  const markdown = toMarkdown(await recordUsage(), readPrices());
  writeFileSync(join(DOCS, 'costs.md'), markdown);
  stdout(markdown);
  return 0;
});
