import {
  ERROR_NAMES,
  FUNCTIONS,
  IDEMPOTENCY_TABLE,
  METRICS,
  METRICS_NAMESPACE,
  OUTPUTS,
  PATTERNS,
  type Permission,
  RETRYABLE_ERROR_NAMES,
  type ResourceKind,
  TASKS_TABLE,
  type Trigger,
  VARIABLE_MEANINGS,
} from '@workflows/contract';

const NOTHING = '–';

const code = (text: string): string => `\`${text}\``;
const codes = (texts: readonly string[]): string => texts.map(code).join(', ') || NOTHING;

/** A Markdown table. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

const RESOURCES: Readonly<Record<ResourceKind, string>> = {
  stateMachine: 'the state machine',
  executions: 'its executions',
  table: 'the table',
  waitingIndex: 'the index of waiting tasks',
  itself: 'itself',
};

const permission = ({ actions, on }: Permission): string => `${codes(actions)} on ${RESOURCES[on]}`;

function trigger(it: Trigger): string {
  switch (it.kind) {
    case 'route':
      return code(it.routeKey);
    case 'fallback':
      return '`$default` of each API';
    case 'task':
      return code(it.resource);
    case 'schedule':
      return `EventBridge rule, every ${it.everyMinutes} minutes`;
    case 'executionStatus':
      return `EventBridge rule: an execution is ${codes(it.statuses)}; ${codes(it.redriven)} after a redrive`;
  }
}

const functions = (): string =>
  table(
    ['Function', 'Purpose', 'Trigger', 'Environment', 'Permissions', 'Timeout'],
    Object.entries(FUNCTIONS).map(([name, it]) => [
      code(name),
      it.purpose,
      trigger(it.trigger),
      codes(it.environment),
      it.permissions.map(permission).join('; ') || NOTHING,
      `${it.timeoutSeconds} s${it.timeoutReason === undefined ? '' : `: ${it.timeoutReason}`}`,
    ]),
  );

const environment = (): string =>
  table(
    ['Variable', 'Meaning'],
    Object.entries(VARIABLE_MEANINGS).map(([name, meaning]) => [code(name), meaning]),
  );

const errors = (): string =>
  table(
    ['Error', 'Retried by the state machines'],
    [...new Set<string>([...Object.values(ERROR_NAMES), ...RETRYABLE_ERROR_NAMES])].map((name) => [
      code(name),
      (RETRYABLE_ERROR_NAMES as readonly string[]).includes(name) ? 'yes' : 'no',
    ]),
  );

const tables = (): string => {
  const [waiting] = TASKS_TABLE.indexes;
  const rest = codes(waiting.attributes);
  return table(
    ['Table', 'Partition key', 'TTL', 'Indexes'],
    [
      [
        'Tasks',
        code(TASKS_TABLE.partitionKey),
        code(TASKS_TABLE.ttlAttribute),
        `${code(waiting.name)}: ${code(waiting.partitionKey)}, ${code(waiting.sortKey)}, with ${rest}; ${waiting.shards.length} shards`,
      ],
      ['Idempotency', code(IDEMPOTENCY_TABLE.partitionKey), code(IDEMPOTENCY_TABLE.ttlAttribute), NOTHING],
    ],
  );
};

const metrics = (): string =>
  table(
    ['Namespace', 'Metric', 'Unit', 'Dimension'],
    Object.values(METRICS).map(({ name, unit, dimension }) => [
      code(METRICS_NAMESPACE),
      code(name),
      unit,
      code(dimension),
    ]),
  );

const outputs = (): string =>
  table(
    ['Stack', 'Output', 'Value'],
    Object.values(OUTPUTS).map(({ stack, name, description }) => [code(stack), code(name), description]),
  );

const patterns = (): string =>
  table(
    ['Pattern', 'Stack', 'State machine', 'Start', 'Example'],
    PATTERNS.map(({ title, stack, stateMachineName, start, example }) => [
      title,
      code(stack),
      code(stateMachineName),
      code(start.kind === 'api' ? `POST /${start.path}` : 'StartExecution'),
      code(JSON.stringify(example)),
    ]),
  );

/** Every generated table, by the name that its place in the document has. */
export const TABLES: Readonly<Record<string, () => string>> = {
  patterns,
  functions,
  environment,
  errors,
  tables,
  metrics,
  outputs,
};
