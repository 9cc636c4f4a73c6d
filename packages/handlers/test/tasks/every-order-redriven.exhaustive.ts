/** The largest scopes of `every-order.test.ts`: the execution is redriven, whenever and however it ended. */
import { itKeepsEveryPromise } from '../support/every-order/callback-task/every-promise';

itKeepsEveryPromise([{ redrives: 1 }, { callbacks: ['failure'], redrives: 1 }]);
