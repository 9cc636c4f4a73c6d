import * as v from 'valibot';
import type { Policy } from './policy';

const Advisory = v.object({
  github_advisory_id: v.string(),
  module_name: v.string(),
  severity: v.picklist(['info', 'low', 'moderate', 'high', 'critical']),
  title: v.string(),
  patched_versions: v.optional(v.string(), 'unknown'),
});

/** What `pnpm audit --json` prints, with or without an answer of the registry. @see https://pnpm.io/cli/audit */
const Report = v.union([
  v.object({ error: v.object({ code: v.string() }) }),
  v.object({ advisories: v.record(v.string(), Advisory) }),
]);

/** pnpm's names for a registry that does not audit, or cannot be reached. */
const UNANSWERED =
  /^(ERR_PNPM_AUDIT_(BAD_RESPONSE|ENDPOINT_NOT_EXISTS)|ERR_PNPM_META_FETCH_FAIL|ENOTFOUND|ECONN\w+|ETIMEDOUT|EAI_AGAIN)$/;

export type VulnerabilityFindings =
  | { readonly kind: 'not available'; readonly code: string }
  | { readonly kind: 'checked'; readonly advisories: number; readonly problems: readonly string[] };

/**
 * Judges an audit: high and critical advisories are problems, and so are exceptions that have ended.
 *
 * @param today ISO date
 * @throws when pnpm failed for a reason of its own
 */
export function checkVulnerabilities(
  report: unknown,
  { exceptions }: Policy['vulnerabilities'],
  today: string,
): VulnerabilityFindings {
  const parsed = v.parse(Report, report);
  if ('error' in parsed) {
    if (!UNANSWERED.test(parsed.error.code)) {
      throw new Error(`pnpm audit failed with ${parsed.error.code}.`);
    }
    return { kind: 'not available', code: parsed.error.code };
  }
  const advisories = Object.values(parsed.advisories);
  const serious = advisories.filter(({ severity }) => severity === 'high' || severity === 'critical');
  const problems = serious.flatMap((advisory) => {
    const { github_advisory_id: id, module_name: name, severity, title, patched_versions: patched } = advisory;
    const exception = exceptions.find((it) => it.advisory === id && it.package === name);
    if (exception !== undefined && today < exception.until) {
      return [];
    }
    const ended = exception === undefined ? '' : ` (its exception ended on ${exception.until})`;
    return [`${name}: ${severity}, ${id}: ${title}; patched in ${patched}${ended}`];
  });
  return { kind: 'checked', advisories: advisories.length, problems };
}
