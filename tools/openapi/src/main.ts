import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDocument } from './document';

const HELP = `Usage: pnpm openapi

Writes docs/openapi.json, the contract of the APIs, from the schemas that the functions validate with.
`;

function main(): void {
  const { help } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values;
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const root = join(__dirname, '..', '..', '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  writeFileSync(join(root, 'docs', 'openapi.json'), `${JSON.stringify(createDocument(version), undefined, 2)}\n`);
  process.stdout.write('docs/openapi.json is written\n');
}

try {
  main();
} catch (error) {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  const isUsage = code?.startsWith('ERR_PARSE_ARGS') === true;
  process.stderr.write(`${isUsage ? `${message.split(/\.\s/)[0]}; see --help` : stack}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
