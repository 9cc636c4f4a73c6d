/** What the fields of a state are written in. @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
export type QueryLanguage = 'JSONPath' | 'JSONata';

/** What a state or a state machine is written in when it does not say. */
export const DEFAULT_QUERY_LANGUAGE: QueryLanguage = 'JSONPath';
