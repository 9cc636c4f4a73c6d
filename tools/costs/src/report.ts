import { costOf, totalOf } from './cost';
import type { PriceTable } from './prices';
import type { Usage } from './usage';

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [row(head), row(head.map((_, index) => (index === 0 ? '---' : '--:'))), ...rows.map(row)].join('\n');
const dollars = (amount: number) => `$${amount.toFixed(2)}`;

/** `docs/costs.md`, from what was counted and what it costs. */
export function toMarkdown(usages: readonly Usage[], prices: PriceTable): string {
  const { asOf, assumptions, region } = prices;
  return `# Costs

Written by \`pnpm costs\`, which runs each pattern once on the embedded runtime, counts what AWS would bill, and prices it with [prices.json](prices.json): list prices in ${region} as of ${asOf}, without the free tier. A test counts again, and fails when this page is not what it finds.

## What one run uses

${table(
  ['pattern', 'state transitions', 'HTTP API requests', 'invocations', 'DynamoDB writes', 'DynamoDB reads'],
  usages.map((it) => [
    it.pattern,
    it.stateTransitions,
    it.httpApiRequests,
    it.invocations,
    it.dynamoDbWrites,
    it.dynamoDbReads,
  ]),
)}

A retry adds a transition, an invocation, and a write and a read; each further look at a workflow a request, an invocation and a \`DescribeExecution\`. Waiting adds nothing.

Calls of the Step Functions API cost nothing, but have quotas ([scaling.md](scaling.md)):

${table(
  ['pattern', 'calls'],
  usages.map((it) => [
    it.pattern,
    Object.entries(it.stepFunctionsCalls)
      .map(([name, count]) => `${count} \`${name}\``)
      .join(', '),
  ]),
)}

## What a million runs cost

${table(
  ['pattern', 'Step Functions', 'API Gateway', 'Lambda', 'DynamoDB', 'logs and traces', 'together'],
  usages.map((usage) => {
    const cost = costOf(usage, prices);
    return [
      usage.pattern,
      ...[cost.stepFunctions, cost.apiGateway, cost.lambda, cost.dynamoDb, cost.cloudWatch, totalOf(cost)].map(dollars),
    ];
  }),
)}

What no run on this machine can tell is assumed:

${table(
  ['assumed', 'value', 'why'],
  Object.entries(assumptions).map(([name, { value, why }]) => [`\`${name}\``, value, why]),
)}

Not counted: alarms, dashboards and the measurement of the oldest waiting task, which cost the same however much runs, data that leaves AWS, and what DynamoDB asks of KMS ($0.03 for 10,000 requests): it keeps a table's key for five minutes.
`;
}
