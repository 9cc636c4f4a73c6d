import { executionHref } from '../../lib/api';

/** The page of the execution with this ARN. */
export function childHref(arn: string | undefined): string | undefined {
  const [stateMachine, ...name] = arn?.split(':').slice(6) ?? [];
  return stateMachine === undefined || name.length === 0
    ? undefined
    : executionHref({ stateMachine, name: name.join(':') });
}
