/** A line of a workflow that uses an action. */
const USES = /^\s*(?:-\s+)?uses:\s*(\S+)(.*)$/;

/** A commit, and in a comment the release that it is, for people and for tools that update it. */
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
const RELEASE = /^\s+# v\d+\.\d+\.\d+\s*$/;

/**
 * Finds the actions of a workflow that are not pinned to a commit. A tag can be moved to other code by whoever holds
 * the action's repository. Actions of this repository need no pin.
 *
 * @see https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
 */
export function findUnpinnedActions(workflow: string): string[] {
  return workflow.split('\n').flatMap((line, index) => {
    const [, action = '', rest = ''] = USES.exec(line) ?? [];
    if (action === '' || action.startsWith('./') || (PINNED.test(action) && RELEASE.test(rest))) {
      return [];
    }
    return [`line ${index + 1}: ${action}`];
  });
}
