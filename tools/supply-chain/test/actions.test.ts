import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findUnpinnedActions } from '../src/actions';

const workflows = join(__dirname, '..', '..', '..', '.github', 'workflows');
const commit = '34e114876b0b11c390a56381ad16ebd13914f8d5';

describe('findUnpinnedActions', () => {
  it.each([
    '      - uses: actions/checkout@v4',
    '        uses: actions/checkout@main',
    '      - uses: actions/checkout@34e1148 # v4.3.1',
    `      - uses: actions/checkout@${commit}`,
    `      - uses: actions/checkout@${commit} # latest`,
    '      - uses: docker://alpine:3',
  ])('finds %j', (line) => {
    expect(findUnpinnedActions(`jobs:\n${line}\n`)).toEqual([expect.stringContaining('line 2: ')]);
  });

  it.each([`      - uses: actions/checkout@${commit} # v4.3.1`, '      - uses: ./.github/actions/own'])(
    'passes over %j',
    (line) => {
      expect(findUnpinnedActions(line)).toEqual([]);
    },
  );
});

describe('.github/workflows', () => {
  it.each(readdirSync(workflows))('%s uses pinned actions only', (name) => {
    const workflow = readFileSync(join(workflows, name), 'utf8');

    expect(workflow).toMatch(/uses:/);
    expect(findUnpinnedActions(workflow)).toEqual([]);
  });

  it.each(readdirSync(workflows))('%s says which permissions its token has', (name) => {
    expect(readFileSync(join(workflows, name), 'utf8')).toMatch(/^permissions:$/m);
  });
});
