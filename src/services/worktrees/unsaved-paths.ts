import { join, sep } from 'node:path';
import type { RemovalFacts } from '../../core/worktrees/obstacles.ts';
import { encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import { branchRef, type RefName, shortRef } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { unpushedCommits } from '../../git/history/unpushed.ts';
import { readRef } from '../../git/refs/refs.ts';
import { workTreeStatus } from '../../git/worktree/status.ts';
import { changedAllTheSame, unwatchedFiles } from '../../git/worktree/unwatched-files.ts';
import type { Files } from '../../host/files.ts';
import { withTemporaryDirectory } from '../../host/temporary.ts';
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

/** Changes of files that git was told not to look at. */
async function hiddenChanges(
  files: Files,
  repo: Repo,
  gitDirectory: string,
): Promise<readonly RepoPath[]> {
  const index = join(gitDirectory, 'index');
  const unwatched = files.exists(index) ? await unwatchedFiles(repo) : [];
  const present = unwatched.filter((path) =>
    files.exists(join(repo.directory, Buffer.from(encodeRepoPath(path)).toString())),
  );
  if (present.length === 0) return [];
  return withTemporaryDirectory('index', async (directory) => {
    const copy = join(directory, 'index');
    return files.copy(index, copy) ? changedAllTheSame(repo, present, copy) : present;
  });
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
