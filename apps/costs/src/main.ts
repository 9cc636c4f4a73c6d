import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCS, readPrices } from './prices';
import { recordUsage } from './record';
import { toMarkdown } from './report';

async function main(): Promise<void> {
  const markdown = toMarkdown(await recordUsage(), readPrices());
  writeFileSync(join(DOCS, 'costs.md'), markdown);
  process.stdout.write(markdown);
}

void main();
