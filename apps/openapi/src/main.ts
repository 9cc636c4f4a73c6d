import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDocument } from './document';

const root = join(__dirname, '..', '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

writeFileSync(join(root, 'docs', 'openapi.json'), `${JSON.stringify(createDocument(version), undefined, 2)}\n`);
process.stdout.write('docs/openapi.json is written\n');
