import type { Redactor } from '../redaction/redactor';

/** The integration's side of a task, as the Tasks table holds it, without its tokens. */
export interface TaskRecord {
  readonly taskId: string;
  readonly executionArn?: string;
  readonly status: string;
  readonly attempt: number;
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  /** ISO 8601, as are the following. */
  readonly deliveredAt?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Epoch seconds, when DynamoDB may delete the record. */
  readonly expiresAt?: number;
}

/** Reads an item of the Tasks table. Its tokens are taught to `redactor` and left out. */
export function toTaskRecord(item: Readonly<Record<string, unknown>>, redactor: Redactor): TaskRecord {
  for (const name of ['taskToken', 'resumeToken']) {
    redactor.learn(text(item[name]));
  }
  const optional = ['executionArn', 'output', 'error', 'cause', 'deliveredAt'] as const;
  return {
    taskId: text(item.taskId) ?? '',
    status: text(item.status) ?? 'UNKNOWN',
    attempt: typeof item.attempt === 'number' ? item.attempt : 0,
    createdAt: text(item.createdAt) ?? '',
    updatedAt: text(item.updatedAt) ?? '',
    ...(typeof item.expiresAt === 'number' ? { expiresAt: item.expiresAt } : {}),
    ...Object.fromEntries(
      optional.flatMap((name) => {
        const held = text(item[name]);
        return held === undefined ? [] : [[name, redactor.text(held)]];
      }),
    ),
  };
}

function text(value: unknown): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
