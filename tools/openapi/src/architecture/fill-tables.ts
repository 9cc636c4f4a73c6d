import { TABLES } from './tables';

/** The place of a table: `<!-- table: name -->`, the table, `<!-- end -->`. */
const PLACE = /<!-- table: (\w+) -->[\s\S]*?<!-- end -->/g;

/**
 * Writes every generated table into its place in a Markdown document, and leaves the rest as it is.
 *
 * @throws {Error} for a place whose table does not exist, and for a table that has no place
 */
export function fillTables(markdown: string): string {
  const missing = new Set(Object.keys(TABLES));
  const filled = markdown.replaceAll(PLACE, (_, name: string) => {
    const table = TABLES[name];
    if (table === undefined) {
      throw new Error(`Unknown table ${name}. The tables are: ${Object.keys(TABLES).join(', ')}.`);
    }
    missing.delete(name);
    return `<!-- table: ${name} -->\n\n${table()}\n\n<!-- end -->`;
  });
  if (missing.size > 0) {
    throw new Error(
      `The document has no placeholder for: ${[...missing].join(', ')}. Add <!-- table: name --><!-- end -->.`,
    );
  }
  return filled;
}
