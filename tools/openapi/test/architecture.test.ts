/** Proves that the tables of docs/architecture.md are what the contract says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillTables } from '../src/architecture/fill-tables';
import { TABLES } from '../src/architecture/tables';

const document = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'architecture.md'), 'utf8');

describe('docs/architecture.md', () => {
  it('has the tables that the contract gives; write it anew with `pnpm openapi`', () => {
    expect(document).toBe(fillTables(document));
  });
});

describe.each(Object.entries(TABLES))('the table %s', (_, table) => {
  it('has rows, and no cell that is empty or no text', () => {
    expect(table().split('\n').length).toBeGreaterThan(2);
    expect(table()).not.toMatch(/\| +\||undefined|\[object/);
  });
});

describe('fillTables', () => {
  it('refuses a place whose table does not exist', () => {
    expect(() => fillTables('<!-- table: nothing --><!-- end -->')).toThrow('Unknown table nothing. The tables are:');
  });

  it('refuses a document without a place for each table', () => {
    expect(() => fillTables('# Architecture')).toThrow('The document has no placeholder for: patterns, functions');
  });
});
