import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, main } from '@workflows/command-line';
import { fillTables } from './architecture/fill-tables';
import { createDocument } from './document';

const OPENAPI = defineCommand({
  name: 'pnpm openapi',
  description: 'Generates docs/openapi.json and the tables of docs/architecture.md from the contract.',
  options: {},
  exitCodes: { 0: 'both documents were written', 1: 'a document could not be written' },
});

void main(OPENAPI, (_, { stdout }) => {
  const root = join(__dirname, '..', '..', '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  writeFileSync(join(root, 'docs', 'openapi.json'), `${JSON.stringify(createDocument(version), undefined, 2)}\n`);
  const architecture = join(root, 'docs', 'architecture.md');
  writeFileSync(architecture, fillTables(readFileSync(architecture, 'utf8')));
  stdout('docs/openapi.json and docs/architecture.md are written\n');
  return 0;
});
