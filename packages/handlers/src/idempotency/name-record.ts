/** One item of the idempotency table: the first use of a name. */
export interface NameRecord {
  readonly name: string;
  /** SHA-256 of the canonical input, in hexadecimal. */
  readonly inputHash: string;
  readonly executionArn?: string;
  /** ISO 8601. */
  readonly startDate?: string;
  /** The request that was told that the execution is new, or the `Idempotency-Key` of several. */
  readonly announcedTo?: string;
  readonly createdAt: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}
