import { existsSync } from 'node:fs';
import { cdktfProgram } from '../../src/deploy/cdktf';

describe('cdktf', () => {
  it.each(['20.19.0', '22.21.1'])('runs on Node %s', (node) => {
    expect(existsSync(cdktfProgram(node))).toBe(true);
  });

  it.each(['23.0.0', '24.11.1'])(
    'does not start on Node %s, and says which to use in place of a stack trace',
    (node) => {
      expect(() => cdktfProgram(node)).toThrow(
        `cdktf does not start on Node ${node}: its pseudo-terminal has binaries for Node 20 to 22. Run this command with one of those: https://nodejs.org/en/download`,
      );
    },
  );
});
