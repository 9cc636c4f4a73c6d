/** `it` that knows the target: a test that the target is known to fail is expected to fail there, by name and with a reason. */
import { deviationOf } from '../../src/deviations';
import { targetName } from '../../src/target';

type Body = () => Promise<void> | void;

interface DeviatingIt {
  (title: string, body: Body, timeoutMs?: number): void;
  /** Runs together with the other concurrent tests of its file; for tests that spend their time waiting. */
  concurrent(title: string, body: () => Promise<void>, timeoutMs?: number): void;
}

const name = targetName(process.env);

export const it: DeviatingIt = Object.assign(
  (title: string, body: Body, timeoutMs?: number): void => {
    (deviationOf(name, title) === undefined ? test : test.failing)(title, async () => body(), timeoutMs);
  },
  {
    concurrent(title: string, body: () => Promise<void>, timeoutMs?: number): void {
      (deviationOf(name, title) === undefined ? test.concurrent : test.concurrent.failing)(title, body, timeoutMs);
    },
  },
);
