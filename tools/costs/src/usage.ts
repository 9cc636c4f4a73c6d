import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What one run of a pattern uses of each thing that AWS bills. */
export const Usage = v.strictObject({
  /** What was run. */
  pattern: v.string(),
  executions: count,
  stateTransitions: count,
  httpApiRequests: count,
  invocations: count,
  dynamoDbWrites: count,
  dynamoDbReads: count,
  records: count,
  /** Calls of the Step Functions API that have quotas of their own; free of charge. */
  stepFunctionsCalls: v.record(v.string(), count),
});

export type Usage = v.InferOutput<typeof Usage>;
