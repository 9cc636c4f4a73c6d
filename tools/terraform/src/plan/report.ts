/** What is said of a set of plans: a table for people, JSON for machines, Markdown for a pull request. */
import { type Counts, type PlanSummary, sum } from '../terraform/plan-file';
import { renderTable } from './table';

/** What became of one stack. */
export type StackResult =
  | { readonly stack: string; readonly summary: PlanSummary; readonly changes: boolean; readonly text: string }
  | { readonly stack: string; readonly problem: string };

const HEAD = ['stack', 'add', 'change', 'destroy'] as const;

const cells = ({ add, change, destroy }: Counts): string[] => [add, change, destroy].map(String);

/** The rows of the table: each stack, its types below it, and the total. */
function rows(results: readonly StackResult[]): string[][] {
  const planned = results.flatMap((it) => ('summary' in it ? [it.summary] : []));
  return [
    ...results.flatMap((it) =>
      'summary' in it
        ? [
            [it.stack, ...cells(it.summary)],
            ...Object.entries(it.summary.byType).map(([type, counts]) => [`  ${type}`, ...cells(counts)]),
          ]
        : [[it.stack, 'failed', '', '']],
    ),
    ['total', ...cells(sum(planned))],
  ];
}

/** One table: stacks, what each would add, change and destroy, and the same by type of resource. */
export function planTable(results: readonly StackResult[]): string {
  return renderTable(HEAD, rows(results));
}

/** The same as data. */
export function planJson(results: readonly StackResult[]): string {
  const planned = results.flatMap((it) => ('summary' in it ? [it.summary] : []));
  const stacks = results.map((it) =>
    'summary' in it
      ? { stack: it.stack, changes: it.changes, ...it.summary }
      : { stack: it.stack, problem: it.problem },
  );
  return JSON.stringify({ stacks, total: sum(planned) }, null, 2);
}

/** GitHub shows at most 1 MiB of summary for a step; the whole plan is attached as an artifact. */
const MAX_TEXT = 60_000;

/** @see https://docs.github.com/actions/writing-workflows/choosing-what-your-workflow-does/workflow-commands-for-github-actions#adding-a-job-summary */
export function planMarkdown(results: readonly StackResult[]): string {
  const [head, ...body] = [HEAD.map(String), ...rows(results).filter(([name]) => name?.startsWith('  ') === false)];
  const line = (row: readonly string[] = []): string => `| ${row.join(' | ')} |`;
  const summary = [line(head), line(HEAD.map((_, column) => (column === 0 ? '---' : '---:'))), ...body.map(line)];
  return ['## Terraform plan', '', ...summary, '', ...results.flatMap(details), ''].join('\n');
}

function details(result: StackResult): string[] {
  const [title, text] = 'summary' in result ? [result.stack, result.text] : [`${result.stack}: failed`, result.problem];
  const cut =
    text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}\n… truncated; the attached file contains the full text` : text;
  return [`<details><summary>${title}</summary>`, '', '````text', cut, '````', '', '</details>', ''];
}

/** As Terraform's: 1 when a plan could not be made, 2 when asked for and something would change, else 0. */
export function planExitCode(results: readonly StackResult[], detailed: boolean): 0 | 1 | 2 {
  if (results.some((it) => 'problem' in it)) {
    return 1;
  }
  return detailed && results.some((it) => 'changes' in it && it.changes) ? 2 : 0;
}
