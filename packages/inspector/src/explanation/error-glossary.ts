/** What an error name means to somebody who has to act on it. */
export interface ErrorMeaning {
  /** What happened, as a sentence. */
  readonly meaning: string;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const STATES_ERRORS: Readonly<Record<string, ErrorMeaning>> = {
  'States.Timeout': {
    meaning: 'Nobody answered before the time limit ran out.',
    remedy:
      'See whether the external service received the request and why it did not call back, or allow it more time.',
  },
  'States.HeartbeatTimeout': {
    meaning: 'The heartbeats that were promised stopped coming.',
    remedy: 'The external service probably stopped working on it. Look there, then start again.',
  },
  'States.TaskFailed': { meaning: 'The task failed.', remedy: 'The cause says what the called service answered.' },
  'States.Permissions': {
    meaning: "The state machine's role may not do what this state does.",
    remedy: 'Grant the role the missing action; the cause names it.',
  },
  'States.DataLimitExceeded': {
    meaning: 'A payload was larger than the 256 KiB that a state may pass on.',
    remedy: 'Store the payload, for instance in S3, and pass its address.',
  },
  'States.Runtime': {
    meaning: 'The definition could not be applied to this input.',
    remedy: 'Compare the state with its input: the cause names the path or the expression.',
  },
  'States.QueryEvaluationError': {
    meaning: 'A JSONata expression failed on this input.',
    remedy: 'Compare the expression that the cause names with the input of the state.',
  },
  'States.ItemReaderFailed': { meaning: 'The items of a Map could not be read.', remedy: 'See the cause.' },
  'States.NoChoiceMatched': {
    meaning: 'No rule of the Choice state matched, and it has no default.',
    remedy: 'Add a Default, or send an input that one of the rules expects.',
  },
};

const WORKFLOW_ERRORS: Readonly<Record<string, ErrorMeaning>> = {
  ExternalServiceUnavailableError: {
    meaning: 'The external service could not be reached, or was overloaded, in every attempt.',
    remedy: 'Start again once the service is well; the retries with growing pauses have been used up.',
  },
  ExternalServiceRejected: {
    meaning: 'The external service refused the request, so it was not tried again.',
    remedy: 'The cause holds the status that it answered. See there why, correct the input, then start again.',
  },
  ExternalServiceFailed: {
    meaning: 'The external service called back to say that it failed.',
    remedy: 'The cause holds what it said.',
  },
  InvalidCountError: {
    meaning: 'The count is not a whole number from 1 to 25.',
    remedy: 'Start again with a count in that range, or with none.',
  },
};

const LAMBDA: ErrorMeaning = {
  meaning: 'The Lambda function could not be run to its end.',
  remedy: "The cause and the function's log say why.",
};

/** Says what an error name means; for names that a workflow or a callback made up, says that. */
export function meaningOf(error: string): ErrorMeaning {
  const known = STATES_ERRORS[error] ?? WORKFLOW_ERRORS[error];
  if (known !== undefined) {
    return known;
  }
  if (error.startsWith('Lambda.')) {
    return LAMBDA;
  }
  if (error.startsWith('States.')) {
    return { meaning: 'Step Functions ended it.', remedy: 'See the cause.' };
  }
  return {
    meaning: 'The error comes from the called function or service itself.',
    remedy: 'The cause holds what it said.',
  };
}
