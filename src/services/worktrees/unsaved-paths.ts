import { join, sep } from 'node:path';
import type { RemovalFacts } from '../../core/worktrees/obstacles.ts';
import { branchRef, type RefName, shortRef } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { unpushedCommits } from '../../git/history/unpushed.ts';
import { readRef } from '../../git/refs/refs.ts';
import { workTreeStatus } from '../../git/worktree/status.ts';
import type { Files } from '../../host/files.ts';
import { hiddenChanges } from '../layout/hidden-changes.ts';
import type { Policy } from '../session/policy.ts';
import type { SurveyedWorktree } from './survey.ts';

/** Everything in a worktree that differs from HEAD, but for the worktrees that lie in it. */
export async function unsavedPaths(
  files: Files,
  { gitDirectory, path: top, repo }: SurveyedWorktree,
  nested: readonly SurveyedWorktree[],
): Promise<string[]> {
  const { tracked, unmerged, untracked } = await workTreeStatus(repo);
  const inside = new Set(nested.map(({ path }) => path + sep));
  const own = untracked.filter((path) => !inside.has(join(top, path)));
  const hidden = await hiddenChanges(files, repo, gitDirectory);
  return [...tracked.map(({ path }) => path), ...unmerged, ...own, ...hidden];
}

/** The commits checked out in a worktree that are in this clone alone. */
export async function unsavedCommits(
  repo: Repo,
  policy: Policy | null,
  { branch, head }: SurveyedWorktree,
): Promise<RemovalFacts['unpushed']> {
  const base = await baseRefs(repo, policy);
  const facts = { branch, base: base[0] === undefined ? null : shortRef(base[0]) };
  if (head === null) return { ...facts, count: 0, newest: [] };
  // A commit that a branch holds is not lost when a detached HEAD goes.
  const saved = branch === null ? [...base, '--branches', '--tags'] : base;
  return { ...facts, ...(await unpushedCommits(repo, head, saved)) };
}

/** The base branch here and as the remote has it, those that exist. */
async function baseRefs(repo: Repo, policy: Policy | null): Promise<RefName[]> {
  if (policy === null) return [];
  const local = branchRef(policy.ownership.base);
  const refs = (await readRef(repo, local)) === null ? [] : [local];
  return policy.base === null || policy.base.ref === local ? refs : [policy.base.ref, ...refs];
}
