/** One proof that the threat model names: a test file and, in it, the title of a test. */
export interface Proof {
  readonly file: string;
  readonly title: string;
}

export interface Threat {
  readonly asset: string;
  readonly threat: string;
  readonly control: string;
  readonly proofs: readonly Proof[];
}

const HEADING = ['Asset', 'Threat', 'Control', 'Proof'];

/** `[title](path)`, the form of a proof. */
const PROOF = /\[([^\]]+)\]\(([^)]+)\)/g;

/**
 * Reads the table of threats out of SECURITY.md.
 *
 * @throws when there is no table with the columns Asset, Threat, Control and Proof
 */
export function readThreatModel(markdown: string): Threat[] {
  const rows = markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
  const start = rows.findIndex((cells) => cells.join() === HEADING.join());
  if (start < 0) {
    throw new Error(`SECURITY.md has no table with the columns ${HEADING.join(', ')}.`);
  }
  return rows.slice(start + 2).map(([asset = '', threat = '', control = '', proof = '']) => ({
    asset,
    threat,
    control,
    proofs: [...proof.matchAll(PROOF)].map(([, title = '', file = '']) => ({ title, file })),
  }));
}
