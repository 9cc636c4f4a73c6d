/**
 * The conditions under which a task's record may change, each a fragment of a DynamoDB condition expression. Every
 * write is one conditional update, so that whoever comes second, late or twice is refused by the table and not by
 * something that was read before.
 */

/** There is no record: nothing was started under this id, or its record was deleted. */
export const ABSENT = 'attribute_not_exists(#taskId)';

/** TTL is best effort: a record that should be gone may still be there, and must not be taken for a live one. */
export const EXPIRED = '#expiresAt <= :nowSeconds';

/** The record is one of an execution that can still be asked about. */
export const LIVE = '#expiresAt > :nowSeconds';

/** Nobody has said yet how the task ended. */
export const PENDING = '#status = :pending';

/** No callback was accepted. Only then may anything but a callback decide how the task ended. */
export const NO_OUTCOME = 'attribute_not_exists(#recorded)';

/** A callback was accepted. */
export const OUTCOME = 'attribute_exists(#recorded)';

/** The record shows what the callback said: the execution was not closed over it. */
export const STANDS = '#status = #recorded';

/** The outcome has not reached the execution, as far as the record knows. */
export const UNDELIVERED = 'attribute_not_exists(#deliveredAt)';

/** The caller holds the secret of this task. */
export const TOKEN_MATCHES = '#resumeToken = :resumeToken';

/**
 * The writer belongs to a later run of the execution than the record. A run begins with the start of the execution or
 * with a redrive.
 */
export const REDRIVEN = '#redriveCount < :redriveCount';

/** The writer belongs to the same run of the execution as the record. */
export const SAME_RUN = '#redriveCount = :redriveCount';

/**
 * This attempt, or a later one of the same run. An attempt whose function was slow must not put its dead task
 * token over that of the attempt after it. The same attempt may write again: the SDK repeats a write whose answer
 * was lost.
 */
export const NOT_SUPERSEDED = all(SAME_RUN, '#attempt <= :attempt');

/** The record tells of another end. */
export const OTHER_STATUS = '#status <> :status';

/** The record was closed with this very error: the write meets its own effect. */
export const SAME_ERROR = all('#status = :status', '#error = :error', '#cause = :cause');

/** The task token is still the one that was used. */
export const TASK_TOKEN_UNCHANGED = '#taskToken = :taskToken';

/** AND binds more tightly than OR: only what {@link any} says needs parentheses, and DynamoDB refuses redundant ones. */
export function all(...conditions: string[]): string {
  return conditions.join(' AND ');
}

export function any(...conditions: string[]): string {
  return `(${conditions.join(' OR ')})`;
}
