import { checkVulnerabilities } from '../src/vulnerabilities';

const advisory = {
  github_advisory_id: 'GHSA-0000-0000-0000',
  module_name: 'some-package',
  severity: 'high',
  title: 'Prototype pollution',
  patched_versions: '>=2.0.0',
};
const exception = {
  advisory: 'GHSA-0000-0000-0000',
  package: 'some-package',
  reason: 'only a test reads with it',
  until: '2027-01-01',
};
const check = (advisories: readonly object[], exceptions: readonly (typeof exception)[] = [], today = '2026-11-23') =>
  checkVulnerabilities(
    { advisories: Object.fromEntries(advisories.map((it, index) => [index, it])) },
    { exceptions: [...exceptions] },
    today,
  );

describe('checkVulnerabilities', () => {
  it.each(['high', 'critical'])('counts an advisory that is %s', (severity) => {
    expect(check([{ ...advisory, severity }])).toEqual({
      kind: 'checked',
      advisories: 1,
      problems: [`some-package: ${severity}, GHSA-0000-0000-0000: Prototype pollution; patched in >=2.0.0`],
    });
  });

  it.each(['moderate', 'low', 'info'])('does not count one that is %s', (severity) => {
    expect(check([{ ...advisory, severity }])).toEqual({ kind: 'checked', advisories: 1, problems: [] });
  });

  it('passes over an exception until its day', () => {
    expect(check([advisory], [exception], '2026-12-31')).toMatchObject({ problems: [] });
    expect(check([advisory], [exception], '2027-01-01')).toMatchObject({
      problems: [expect.stringContaining('its exception ended on 2027-01-01')],
    });
  });

  it('does not take an exception for another package', () => {
    expect(check([{ ...advisory, module_name: 'other' }], [exception])).toMatchObject({
      problems: [expect.stringContaining('other: high')],
    });
  });

  it('tells a registry that does not answer from an audit without findings', () => {
    const report = { error: { code: 'ERR_PNPM_AUDIT_BAD_RESPONSE' } };

    expect(checkVulnerabilities(report, { exceptions: [] }, '2026-11-23')).toEqual({
      kind: 'not available',
      code: 'ERR_PNPM_AUDIT_BAD_RESPONSE',
    });
  });

  it('fails for any other failure of pnpm, such as a lock file that is missing', () => {
    const report = { error: { code: 'ERR_PNPM_AUDIT_NO_LOCKFILE' } };

    expect(() => checkVulnerabilities(report, { exceptions: [] }, '2026-11-23')).toThrow('ERR_PNPM_AUDIT_NO_LOCKFILE');
  });
});
