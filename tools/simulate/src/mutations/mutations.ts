import type { FunctionName } from '@workflows/contract';
import type { CodeMutation, Mutation } from './mutation';

const inTasks = (mutant: string, module: string, ...functions: FunctionName[]): { readonly code: CodeMutation } => ({
  code: { mutant, replaces: `tasks/${module}`, functions },
});

/**
 * Known bugs. A simulation that cannot find a bug proves nothing, so each guarantee has bugs that break it, and a test
 * that plants each of them and checks that the simulation finds it.
 */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'settle-overwrites-outcome': {
    breaks: 'callback-kept',
    ...inTasks('outcome-is-overwritten', 'conditions', 'settle-task'),
  },
  'retry-forgets-outcome': {
    breaks: 'callback-kept',
    ...inTasks('outcome-is-overwritten', 'conditions', 'call-external'),
  },
  'recorded-success-not-taken': {
    breaks: 'callback-kept',
    states: [{ state: 'Recorded outcome?', pointer: '/Choices/0/Condition', value: '{% false %}' }],
  },
  'second-outcome-wins': {
    breaks: 'first-outcome-wins',
    ...inTasks('outcome-is-overwritten', 'conditions', 'complete-task'),
  },
  'send-before-record': {
    breaks: 'first-outcome-wins',
    ...inTasks('outcome-is-sent-before-it-is-recorded', 'complete-task', 'complete-task'),
  },
  'stopped-while-settling': {
    breaks: 'first-outcome-wins',
    ...inTasks('end-while-settling-is-missed', 'conditions', 'close-task'),
  },
  'log-task-token': {
    breaks: 'tokens-secret',
    ...inTasks('task-token-is-logged', 'call-external', 'call-external'),
  },
  'task-token-to-service': {
    breaks: 'tokens-secret',
    ...inTasks('task-token-goes-to-the-service', 'call-external', 'call-external'),
  },
  'any-resume-token': {
    breaks: 'tokens-secret',
    ...inTasks('any-resume-token-matches', 'tokens', 'complete-task'),
  },
  'new-resume-token': {
    breaks: 'retry-keeps-token',
    ...inTasks('retry-brings-a-new-resume-token', 'record-writes', 'call-external'),
  },
  'old-task-token': {
    breaks: 'retry-keeps-token',
    ...inTasks('retry-keeps-the-task-token', 'record-writes', 'call-external'),
  },
  'call-before-store': {
    breaks: 'mapping-first',
    ...inTasks('service-is-called-before-the-mapping-is-stored', 'call-external', 'call-external'),
  },
  'no-timeout': {
    breaks: 'always-ends',
    states: [
      { state: 'Request external service with timeout', pointer: '/TimeoutSeconds' },
      { state: 'Request external service with heartbeat', pointer: '/TimeoutSeconds' },
    ],
  },
  'no-catch': {
    breaks: 'first-outcome-wins',
    states: [
      { state: 'Request external service', pointer: '/Catch' },
      { state: 'Request external service with timeout', pointer: '/Catch' },
    ],
  },
  'short-lived-records': {
    breaks: 'records-outlive',
    ...inTasks(
      'records-expire-early',
      'record-lifetime',
      'call-external',
      'start-task',
      'start-workflow',
      'settle-task',
      'close-task',
    ),
  },
  'missing-permission': {
    breaks: 'least-privilege',
    policy: { withoutAction: 'states:SendTaskSuccess' },
  },
  'two-are-told-new': {
    breaks: 'contract',
    code: {
      mutant: 'everybody-is-told-new',
      replaces: 'idempotency/name-store',
      functions: ['start-idempotent-workflow'],
    },
  },
  'other-input-is-equal': {
    breaks: 'contract',
    code: { mutant: 'any-input-is-equal', replaces: 'canonical-json', functions: ['start-idempotent-workflow'] },
  },
};
