import type { FindingCode } from '../domain/finding.ts';

/** What each code says, in one sentence; the first line of its section in `docs/findings.md`. */
export const CODE_SUMMARIES: Readonly<Record<FindingCode, string>> = {
  'base-branch-push': 'An agent pushes to the branch everything lands on.',
  'base-red':
    'The base itself does not pass what has to pass before something lands on it, or after.',
  'branch-stale': 'The branch has fallen far behind the base branch.',
  'branch-too-large': 'The branch changes more than the policy allows one branch to change.',
  conflict: 'Two branches cannot both be merged: git reports a conflict between them.',
  'conflict-combination':
    'Three or more branches cannot all be merged, though every two of them can.',
  'conflict-with-base': 'The branch conflicts with the base branch as it is now.',
  'dangling-name': 'One branch removes a name, and another begins to use it.',
  'duplicate-name': 'Two branches add the same name where there is room for one.',
  forbidden: "The path is one the acting agent's own entry forbids.",
  'foreign-branch-push': 'An agent pushes to a branch of another agent, or deletes it.',
  'foreign-merge': "A branch has taken in commits of another agent's open branch.",
  'foreign-ref-push': 'An agent deletes or rewrites a ref that is not its own.',
  frozen: 'The path is one nobody may change.',
  'grant-expired': 'The leave to change a path of another has ended.',
  'hook-bypassed': 'Commits of an agent that no commit hook has passed.',
  'identity-mismatch': 'The sources that say who is acting disagree.',
  'identity-unknown':
    'No agent of the policy is acting, and the policy lets nobody else make changes.',
  'land-failed': 'A branch that was to land did not, and is as it was.',
  'landed-out-of-part':
    'Something landed that the check refuses: it was asked about an older base, or not at all.',
  'local-only': 'The file belongs to one worktree and must never be committed.',
  'lock-expired': 'The lease on the lock of a shared part has run out.',
  'lock-held': 'Another agent holds the lock of a shared part.',
  'lock-needed': 'A shared part is changed without holding its lock.',
  'lock-unlanded': 'A lock is given back while what was changed under it has still to land.',
  'migration-collision':
    'Migrations merge cleanly, and the tool that applies them refuses them or leaves one out.',
  'near-change': 'Two branches change lines of one file that overlap or touch.',
  'owned-by-other': 'The path is in the part of another agent.',
  'phase-closed': 'Another agent has to hand off first, or works at the same time.',
  'policy-changed': 'The change touches the policy it would be judged by.',
  'pull-request-form':
    'The title, the labels or the commits of a pull request have not the form the policy asks for.',
  'request-pending': 'A branch lands only together with what it asked another agent for.',
  'request-refused': 'A request is not in a state, or not in the hands, for what was asked of it.',
  reserved: 'The path is reserved for agents among which the acting one is not.',
  'same-file': 'Two branches change the same file.',
  'state-ref-push': 'An agent writes the state of a lock or the like by hand.',
  'task-overlap': 'Two open tasks are about the same paths.',
  'task-taken': "The task is another's, not in a state for this, or it is not its turn.",
  'undoes-landed': 'The branch takes back work that has landed, without saying so.',
  unowned: 'No agent owns the path.',
  'unsafe-path': 'The path, or where a link leads, cannot be judged safely.',
  'version-bump-needed':
    'A shared part loses a name that others may use, and its version does not say so.',
  'version-drift': 'A dependency gets a version that cannot hold together with another one.',
};
