import { type Hint, hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { branchOf, shortRef } from '../../domain/refs.ts';
import type { Diagnosis } from '../../domain/reports/doctor.ts';
import type { Files } from '../../host/files.ts';
import { agentOf } from '../layout/agent-of.ts';
import type { LocatedWorktree } from '../layout/locate-worktrees.ts';
import type { Policy } from '../session/policy.ts';
import type { BrokenWorktree } from './read-worktree-health.ts';

/** Worktrees that are gone, that git does not know its way in, or that are nobody's. */
export const diagnoseWorktrees = (
  files: Files,
  located: readonly LocatedWorktree[],
  broken: readonly BrokenWorktree[],
  policy: Policy | null,
): Diagnosis[] =>
  located.flatMap((each) => {
    const { missing, path, locked } = each;
    if (missing) return locked === null ? [gone(path)] : [];
    const fault = broken.find((one) => files.resolve(one.path) === path);
    return fault === undefined ? unowned(each, policy) : [unfit(files, each, fault.reason)];
  });

const diagnosis = (
  code: Diagnosis['code'],
  worktree: string,
  message: string,
  hint: Hint,
): Diagnosis => ({
  code,
  severity: 'fault',
  worktree,
  event: null,
  message,
  hint,
  ours: false,
});

const gone = (path: string): Diagnosis =>
  diagnosis(
    'worktree-gone',
    path,
    'git knows this worktree, and its directory does not exist',
    hintTo('have git forget it', 'git worktree prune'),
  );

/** Its `.git` is damaged or gone, or what that points at is. */
function unfit(
  files: Files,
  { path, gitDirectory, ref }: LocatedWorktree,
  reason: string,
): Diagnosis {
  const head = `${gitDirectory}/HEAD`;
  const branch = ref === null ? null : branchOf(ref);
  return diagnosis(
    'worktree-broken',
    path,
    `git does not work in this worktree: ${reason}`,
    files.exists(head)
      ? hintTo('have git join it to the repository again', 'git worktree repair')
      : hintTo(
          'say again which branch is checked out there',
          `echo 'ref: refs/heads/${branch ?? '<branch>'}' > ${shellQuote(head)}`,
        ),
  );
}

function unowned(
  { binding, bare, main, path, ref }: LocatedWorktree,
  policy: Policy | null,
): Diagnosis[] {
  if (main || bare || policy === null || agentOf(policy, binding, ref) !== null) return [];
  const where = ref === null ? 'its HEAD is detached' : `its branch is ${shortRef(ref)}`;
  const bound =
    binding === null
      ? 'it is not bound to one'
      : `it is bound to ${JSON.stringify(binding)}, whom the policy does not know`;
  const note = diagnosis(
    'worktree-unowned',
    path,
    `this worktree is of no agent: ${where}, and ${bound}`,
    hintTo('bind it to an agent', `bailiwick whoami --bind <agent> -C ${shellQuote(path)}`),
  );
  return [{ ...note, severity: binding === null ? 'note' : 'fault' }];
}
