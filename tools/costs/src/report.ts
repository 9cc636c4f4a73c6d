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

\`pnpm costs\` writes this page. It runs each pattern once on the embedded runtime, counts what AWS would bill, and multiplies it by the prices in [prices.json](prices.json): list prices in ${region} as of ${asOf}, without the free tier. A test counts again and fails when this page differs.

A run starts the example of the pattern (a list of 7 numbers, a composite of 2 sub-workflows) and, where there is an API, reads the result once.

## Usage of one run

${table(
  ['Pattern', 'State transitions', 'HTTP API requests', 'Invocations', 'DynamoDB writes', 'DynamoDB reads'],
  usages.map((it) => [
    it.pattern,
    it.stateTransitions,
    it.httpApiRequests,
    it.invocations,
    it.dynamoDbWrites,
    it.dynamoDbReads,
  ]),
)}

Each retry adds a transition, an invocation, a write and a read. Each further \`GET\` of a workflow adds a request, an invocation and a \`DescribeExecution\` call. Waiting adds nothing.

Calls to the Step Functions API are free, but have quotas ([scaling.md](scaling.md)):

${table(
  ['Pattern', 'Calls'],
  usages.map((it) => [
    it.pattern,
    Object.entries(it.stepFunctionsCalls)
      .map(([name, count]) => `${count} \`${name}\``)
      .join(', '),
  ]),
)}

## Cost of a million runs

${table(
  ['Pattern', 'Step Functions', 'API Gateway', 'Lambda', 'DynamoDB', 'Logs and traces', 'Total'],
  usages.map((usage) => {
    const cost = costOf(usage, prices);
    return [
      usage.pattern,
      ...[cost.stepFunctions, cost.apiGateway, cost.lambda, cost.dynamoDb, cost.cloudWatch, totalOf(cost)].map(dollars),
    ];
  }),
)}

## Assumptions

A run on this machine cannot measure these values:

${table(
  ['Assumption', 'Value', 'Reason'],
  Object.entries(assumptions).map(([name, { value, why }]) => [`\`${name}\``, value, why]),
)}

## Not counted

- Alarms, dashboards, and the measurement of the oldest waiting task. Their cost does not depend on the number of runs.
- Data transfer out of AWS.
- DynamoDB's requests to KMS ($0.03 for 10,000 requests). DynamoDB caches a table's key for five minutes.
`;
}
