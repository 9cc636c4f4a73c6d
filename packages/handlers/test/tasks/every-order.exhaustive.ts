/** The large scopes of `every-order.test.ts`: more callbacks, attempts and events, and answers that are lost. */
import { itKeepsEveryPromise } from '../support/every-order/callback-task/every-promise';

itKeepsEveryPromise([
  { callbacks: ['success', 'success', 'failure'] },
  { attempts: 2 },
  { callbacks: ['failure'], events: 2, lostAnswers: true },
  { attempts: 2, callbacks: ['retried failure'] },
]);
