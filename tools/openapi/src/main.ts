import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, main } from '@workflows/command-line';
import { createDocument } from './document';

const OPENAPI = defineCommand({
  name: 'pnpm openapi',
  description: 'Writes docs/openapi.json, the contract of the APIs, from the schemas that the functions validate with.',
  options: {},
  exitCodes: { 0: 'docs/openapi.json is written', 1: 'it is not' },
});

void main(OPENAPI, (_, { stdout }) => {
  const root = join(__dirname, '..', '..', '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  writeFileSync(join(root, 'docs', 'openapi.json'), `${JSON.stringify(createDocument(version), undefined, 2)}\n`);
  stdout('docs/openapi.json is written\n');
  return 0;
});
