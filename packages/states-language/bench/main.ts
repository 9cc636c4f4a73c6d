import { measureTransitions } from './transitions';
import { measureWaiting } from './waiting';

function print(title: string, rows: readonly object[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) =>
    Object.values(row).map((value) => (typeof value === 'number' ? value.toLocaleString('en-US') : String(value))),
  );
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...cells.map((line) => line[index]?.length ?? 0)),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, index) => (index === 0 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0)))
      .join('  ');
  process.stdout.write(`${title}\n${[line(columns), ...cells.map(line)].join('\n')}\n\n`);
}

const { gc } = globalThis;
if (gc === undefined) {
  throw new Error('Run with node --expose-gc, as `pnpm bench` does: memory is measured after a collection');
}
print('State transitions (medians of 7 rounds)', measureTransitions());
print(
  'Executions waiting for a callback (medians of 3 rounds)',
  measureWaiting(() => gc()),
);
