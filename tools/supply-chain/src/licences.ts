import spdxSatisfies from 'spdx-satisfies';
import * as v from 'valibot';
import type { Policy } from './policy';

/** What `pnpm licenses list --json` prints: packages by licence. @see https://pnpm.io/cli/licenses */
const Report = v.record(v.string(), v.array(v.object({ name: v.string(), versions: v.array(v.string()) })));

export interface LicenceFindings {
  readonly packages: number;
  /** One line for each package whose licence is not allowed. */
  readonly problems: readonly string[];
}

/** Holds the licence of every installed package, as an SPDX expression, against those that are allowed. */
export function checkLicences(report: unknown, { allowed, exceptions }: Policy['licences']): LicenceFindings {
  const listed = Object.entries(v.parse(Report, report)).flatMap(([licence, packages]) =>
    packages.map(({ name, versions }) => ({ licence, name, versions })),
  );
  const refused = listed.filter(
    ({ licence, name }) =>
      !satisfies(licence, allowed) &&
      !exceptions.some((exception) => exception.licence === licence && matchesAny(exception.packages, name)),
  );
  return {
    packages: listed.length,
    problems: refused.map(({ licence, name, versions }) => `${name}@${versions.join(', ')}: ${licence}`),
  };
}

/** What is no SPDX expression (`Unknown`, `SEE LICENSE IN …`) satisfies nothing. */
function satisfies(licence: string, allowed: readonly string[]): boolean {
  try {
    return spdxSatisfies(licence, allowed);
  } catch {
    return false;
  }
}

const matchesAny = (patterns: readonly string[], name: string): boolean =>
  patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));
