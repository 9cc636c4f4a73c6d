import { checkLicences } from '../src/licences';
import { readPolicy } from '../src/policy';

const policy = {
  allowed: ['MIT', 'Apache-2.0', 'BSD-2-Clause'],
  exceptions: [{ licence: 'MPL-2.0', packages: ['cdktf', '@cdktf/*'], reason: 'built with, not shipped' }],
};
const licensed = (licence: string, name = 'some-package') => ({ [licence]: [{ name, versions: ['1.0.0'] }] });

describe('checkLicences', () => {
  it.each(['MIT', '(MIT OR GPL-3.0-or-later)', 'Apache-2.0 AND MIT', '(BSD-2-Clause OR MIT OR Apache-2.0)'])(
    'allows %s',
    (licence) => {
      expect(checkLicences(licensed(licence), policy)).toEqual({ packages: 1, problems: [] });
    },
  );

  it.each(['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'Unknown', 'SEE LICENSE IN LICENSE.md', 'UNLICENSED', 'MPL-2.0'])(
    'names the package with %s',
    (licence) => {
      expect(checkLicences(licensed(licence), policy).problems).toEqual([`some-package@1.0.0: ${licence}`]);
    },
  );

  it('makes an exception for the packages that it names, and for no others', () => {
    expect(checkLicences(licensed('MPL-2.0', '@cdktf/commons'), policy).problems).toEqual([]);
    expect(checkLicences(licensed('MPL-2.0', 'cdktf-extra'), policy).problems).toHaveLength(1);
    expect(checkLicences(licensed('GPL-2.0-only', 'cdktf'), policy).problems).toHaveLength(1);
  });

  it('refuses a report that is not one of pnpm', () => {
    expect(() => checkLicences({ MIT: 'all' }, policy)).toThrow();
  });
});

describe('policy.json', () => {
  it('gives a reason for each exception', () => {
    const { licences, vulnerabilities } = readPolicy();

    for (const { reason } of [...licences.exceptions, ...vulnerabilities.exceptions]) {
      expect(reason.length).toBeGreaterThan(20);
    }
    expect(licences.allowed).toContain('MIT');
  });
});
