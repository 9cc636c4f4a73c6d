import type { HistoryEvent } from '@workflows/states-language';
import { operation, seconds } from '../context';
import * as members from '../members';
import { newestFirstPageOf, pageOf } from '../paging';
import { boolean, optional, structure } from '../shapes';
import { getExecution } from './executions';

/** Members of event details that hold execution data. */
const EXECUTION_DATA = new Set(['input', 'output', 'parameters', 'assignedVariables', 'cause']);

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html */
export const GetExecutionHistory = operation({
  request: structure({
    executionArn: members.arn,
    reverseOrder: optional(boolean()),
    ...members.page,
    includeExecutionData: optional(boolean()),
  }),
  resource: ({ executionArn }) => executionArn,
  run(context, request) {
    const { executionArn, reverseOrder = false, includeExecutionData = true } = request;
    const { history } = getExecution(context, executionArn).execution;
    const scope = [executionArn, reverseOrder];
    const page = reverseOrder
      ? newestFirstPageOf(history, () => true, request, scope)
      : pageOf(history, request, scope);
    return {
      events: page.items.map((event) => wireEvent(event, includeExecutionData)),
      nextToken: page.nextToken,
    };
  },
});

/** An event as the API shows it: its instant in seconds, its data left out where it was not asked for. */
function wireEvent(event: HistoryEvent, includeExecutionData = true): object {
  const shown = { ...event, timestamp: seconds(event.timestamp) };
  return includeExecutionData ? shown : Object.fromEntries(Object.entries(shown).map(withoutData));
}

function withoutData([name, value]: [string, unknown]): [string, unknown] {
  if (typeof value !== 'object' || value === null) {
    return [name, value];
  }
  return [name, Object.fromEntries(Object.entries(value).filter(([member]) => !EXECUTION_DATA.has(member)))];
}
