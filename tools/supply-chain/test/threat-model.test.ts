/** Proves that every control of SECURITY.md has a test, and that this test exists. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readThreatModel } from '../src/threat-model';

const root = join(__dirname, '..', '..', '..');
const threats = readThreatModel(readFileSync(join(root, 'SECURITY.md'), 'utf8'));

describe('readThreatModel', () => {
  it('reads the table, and the proofs in it', () => {
    const table =
      '| Asset | Threat | Control | Proof |\n| --- | --- | --- | --- |\n| a | b | c | [holds](x.test.ts), [too](y.test.ts) |';

    expect(readThreatModel(`# Security\n\n${table}\n`)).toEqual([
      {
        asset: 'a',
        threat: 'b',
        control: 'c',
        proofs: [
          { title: 'holds', file: 'x.test.ts' },
          { title: 'too', file: 'y.test.ts' },
        ],
      },
    ]);
  });

  it('refuses a document without it', () => {
    expect(() => readThreatModel('# Security')).toThrow('Asset, Threat, Control, Proof');
  });
});

describe.each(threats.map((threat) => [threat.threat, threat] as const))('%s', (_, { asset, control, proofs }) => {
  it('has a control and a proof', () => {
    expect([asset, control].every((cell) => cell.length > 0)).toBe(true);
    expect(proofs.length).toBeGreaterThan(0);
  });

  it('names tests that there are', () => {
    for (const { file, title } of proofs) {
      expect({ file, exists: existsSync(join(root, file)) }).toEqual({ file, exists: true });
      expect(titlesIn(readFileSync(join(root, file), 'utf8'))).toContain(title);
    }
  });
});

/** Titles of tests, as they are written. */
function titlesIn(source: string): string[] {
  const title =
    /(?:\bit|\btest|\bdescribe)(?:\.\w+)*(?:\((?:[^()]|\([^()]*\))*\))?\s*\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs;
  return [...source.matchAll(title)].map(([, , text = '']) => text.replaceAll(/\\(['"`])/g, '$1'));
}
