/** What a command runs in, with everything it prints kept. */

import { Lifetime } from '../../src/process/lifetime';
import type { Context } from '../../src/process/main';
import { Progress } from '../../src/process/progress';

export interface TestContext extends Context {
  readonly printed: string[];
  readonly shown: string[];
}

export function testContext(env: NodeJS.ProcessEnv): TestContext {
  const printed: string[] = [];
  const shown: string[] = [];
  const progress = new Progress({ write: (text) => shown.push(text) }, env);
  return { env, lifetime: new Lifetime(), progress, print: (text) => printed.push(text), printed, shown };
}
