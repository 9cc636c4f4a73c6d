import { Lifetime } from '@workflows/command-line';
import { Progress } from '@workflows/kit';
import type { Context } from '../../src/context';

/** What a command runs in, with everything it prints kept. */
export interface TestContext extends Context {
  readonly printed: string[];
  readonly shown: string[];
}

export function testContext(env: NodeJS.ProcessEnv): TestContext {
  const printed: string[] = [];
  const shown: string[] = [];
  const show = (text: string) => shown.push(text);
  const progress = new Progress({ write: show }, env);
  return {
    env,
    lifetime: new Lifetime(),
    progress,
    stdout: (text) => printed.push(text.trimEnd()),
    stderr: show,
    printed,
    shown,
  };
}
