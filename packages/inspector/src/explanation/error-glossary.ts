/** The explanation of an error name, for the person who has to fix the error. */
export interface ErrorMeaning {
  /** What happened, as a sentence. */
  readonly meaning: string;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const STATES_ERRORS: Readonly<Record<string, ErrorMeaning>> = {
  'States.Timeout': {
    meaning: 'The task timed out without a result.',
    remedy:
      'Check whether the external service received the request and why it did not call back, or increase the timeout.',
  },
  'States.HeartbeatTimeout': {
    meaning: 'No heartbeat arrived within the heartbeat interval.',
    remedy: 'The external service probably stopped working on the task. Check its log, then start the workflow again.',
  },
  'States.TaskFailed': {
    meaning: 'The task failed.',
    remedy: 'The cause contains the response of the called service.',
  },
  'States.Permissions': {
    meaning: 'The role of the state machine lacks a permission that this state needs.',
    remedy: 'Grant the missing action to the role. The cause names the action.',
  },
  'States.DataLimitExceeded': {
    meaning: 'A payload exceeded 256 KiB, the maximum that a state can pass on.',
    remedy: 'Store the payload, for example in Amazon S3, and pass a reference to it.',
  },
  'States.Runtime': {
    meaning: 'The state failed at run time because the definition does not fit its input.',
    remedy: 'Compare the state with its input. The cause names the path or the expression.',
  },
  'States.QueryEvaluationError': {
    meaning: 'A JSONata expression failed on this input.',
    remedy: 'Check the expression that the cause names against the input of the state.',
  },
  'States.ItemReaderFailed': {
    meaning: 'The ItemReader of a Map state could not read the items.',
    remedy: 'See the cause.',
  },
  'States.NoChoiceMatched': {
    meaning: 'No rule of the Choice state matched the input, and the state has no Default.',
    remedy: 'Add a Default, or send an input that matches a rule.',
  },
};

const WORKFLOW_ERRORS: Readonly<Record<string, ErrorMeaning>> = {
  ExternalServiceUnavailableError: {
    meaning: 'The external service was unreachable or overloaded on every attempt.',
    remedy: 'All retries failed. Start the workflow again when the service is available.',
  },
  ExternalServiceRejected: {
    meaning: 'The external service rejected the request, so it was not retried.',
    remedy:
      'The cause contains the HTTP status of the response. Find the reason in the log of the service, correct the input, then start the workflow again.',
  },
  ExternalServiceFailed: {
    meaning: 'The external service reported a failure in its callback.',
    remedy: 'The cause contains the reported reason.',
  },
  InvalidCountError: {
    meaning: 'The input field count is not a whole number from 1 to 25.',
    remedy: 'Start the workflow again with a count in that range, or without one.',
  },
};

const LAMBDA: ErrorMeaning = {
  meaning: 'The Lambda function did not complete.',
  remedy: 'See the cause and the log of the function.',
};

/** Explains an error name. Names that a workflow or a callback defines get a general explanation. */
export function meaningOf(error: string): ErrorMeaning {
  const known = STATES_ERRORS[error] ?? WORKFLOW_ERRORS[error];
  if (known !== undefined) {
    return known;
  }
  if (error.startsWith('Lambda.')) {
    return LAMBDA;
  }
  if (error.startsWith('States.')) {
    return { meaning: 'Step Functions reported the error.', remedy: 'See the cause.' };
  }
  return {
    meaning: 'The called function or service returned the error.',
    remedy: 'The cause contains the reported reason.',
  };
}
