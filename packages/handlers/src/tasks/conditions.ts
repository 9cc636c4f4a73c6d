/**
 * The conditions under which a task record may change, each a fragment of a DynamoDB condition expression. Every write
 * is one conditional update, so that the table itself rejects concurrent, late and repeated writes, not an earlier read.
 */

/** There is no record: nothing was started under this id, or its record was deleted. */
export const ABSENT = 'attribute_not_exists(#taskId)';

/** TTL is best effort: an expired record may still exist, and must be treated as deleted. */
export const EXPIRED = '#expiresAt <= :nowSeconds';

/** The record has not expired. */
export const LIVE = '#expiresAt > :nowSeconds';

/** The task has no outcome yet. */
export const PENDING = '#status = :pending';

/** No callback was accepted. Only then may anything other than a callback decide the outcome. */
export const NO_OUTCOME = 'attribute_not_exists(#recorded)';

/** A callback was accepted. */
export const OUTCOME = 'attribute_exists(#recorded)';

/** The record shows the outcome of the callback, not that of the execution's end. */
export const STANDS = '#status = #recorded';

/** The record does not show that the outcome was delivered to the execution. */
export const UNDELIVERED = 'attribute_not_exists(#deliveredAt)';

/** The caller knows the resume token of this task. */
export const TOKEN_MATCHES = '#resumeToken = :resumeToken';

/**
 * The writer belongs to a later run of the execution than the record. A run begins with the start of the execution or
 * with a redrive.
 */
export const REDRIVEN = '#redriveCount < :redriveCount';

/** The writer belongs to the same run of the execution as the record. */
export const SAME_RUN = '#redriveCount = :redriveCount';

/**
 * The record belongs to this attempt or an earlier one of the same run. A slow attempt must not replace the task token
 * of a later attempt with its own, which is no longer valid. The same attempt may write again, because the SDK repeats
 * a write whose response was lost.
 */
export const NOT_SUPERSEDED = all(SAME_RUN, '#attempt <= :attempt');

/** The record shows a different outcome. */
export const OTHER_STATUS = '#status <> :status';

/** The record was already closed with this error, by the same write. */
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
