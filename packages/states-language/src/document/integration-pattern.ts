/** How a Task state waits for its resource. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html */
export type IntegrationPattern =
  /** Goes on as soon as the service has answered. */
  | 'REQUEST_RESPONSE'
  /** Waits until the job is done. */
  | 'SYNC'
  /** As `SYNC`; the job's output arrives as JSON, not as text. */
  | 'SYNC_2'
  /** Waits until somebody returns the task token. */
  | 'WAIT_FOR_TASK_TOKEN';

/** What each pattern appends to the ARN of a resource. */
export const PATTERN_SUFFIX: Readonly<Record<IntegrationPattern, string>> = {
  REQUEST_RESPONSE: '',
  SYNC: '.sync',
  SYNC_2: '.sync:2',
  WAIT_FOR_TASK_TOKEN: '.waitForTaskToken',
};

export const INTEGRATION_PATTERNS = Object.keys(PATTERN_SUFFIX) as readonly IntegrationPattern[];
