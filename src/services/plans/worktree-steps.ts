import { dirname, join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { Step } from '../../domain/plan.ts';
import type { BranchName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { createBranch, deleteBranch } from '../../git/refs/branch.ts';
import { resolveCommit } from '../../git/refs/resolve.ts';
import {
  addWorktree,
  INITIALIZING,
  removeWorktree,
  unlockWorktree,
} from '../../git/worktree/add-remove.ts';
import { checkOutAll, checkOutMissing } from '../../git/worktree/check-out.ts';
import { locateRepository } from '../../git/worktree/locate.ts';
import { worktreeStatePaths } from '../../git/worktree/state-paths.ts';
import type { Files } from '../../host/files.ts';
import { repoAt } from '../session/repo-at.ts';
import { missingDirectories } from './missing-directories.ts';
import type { Undo } from './undo.ts';

type WorktreeStep = Step & {
  readonly kind:
    | 'add-worktree'
    | 'bind-worktree'
    | 'check-out'
    | 'create-branch'
    | 'delete-branch'
    | 'remove-worktree';
};

/** The steps that change which worktrees and branches there are. */
export async function applyWorktreeStep(
  files: Files,
  repo: Repo,
  step: WorktreeStep,
  signal?: AbortSignal,
): Promise<Undo> {
  switch (step.kind) {
    case 'create-branch':
      await createBranch(repo, step.branch, step.upstream ?? step.at);
      return () => deleteBranch(repo, step.branch, step.at);
    case 'delete-branch':
      await deleteBranch(repo, step.branch, step.at);
      return () => createBranch(repo, step.branch, step.at);
    case 'add-worktree':
      return makeWorktree(files, repo, step.path, step.branch);
    case 'check-out':
      if (step.partial) await checkOutRest(files, repo, step.path, step.branch);
      else await checkOutAll(repoAt(repo, step.path), signal);
      return () => undefined;
    case 'remove-worktree':
      await removeWorktree(repo, step.path, step.force);
      return () => {
        throw new Failure('git', 'a worktree that was removed does not come back');
      };
    case 'bind-worktree':
      return bindWorktree(files, repo, step.path, step.agent);
  }
}

async function makeWorktree(
  files: Files,
  repo: Repo,
  path: string,
  branch: BranchName,
): Promise<Undo> {
  const above = missingDirectories(files, dirname(path));
  await addWorktree(repo, path, branch);
  const head = (): Promise<string | null> => resolveCommit(repoAt(repo, path), 'HEAD');
  const before = await head();
  return async () => {
    if ((await head()) !== before)
      throw new Failure('git', `${path} has commits that were not there when it was made`);
    await removeWorktree(repo, path, true);
    above.forEach((directory) => files.removeEmptyDirectory(directory));
  };
}

/** Fills in what is missing in a worktree that was being filled when its maker was killed. */
async function checkOutRest(
  files: Files,
  repo: Repo,
  path: string,
  branch: BranchName,
): Promise<void> {
  const there = repoAt(repo, path);
  const { gitDirectory } = await locateRepository(there);
  // Whoever planned this has made sure that no process is at work there.
  files.remove(join(gitDirectory, 'index.lock'));
  await checkOutMissing(there, branch);
  const reason = files.read(join(gitDirectory, 'locked'))?.toString().trim();
  if (reason === INITIALIZING) await unlockWorktree(repo, path);
}

async function bindWorktree(
  files: Files,
  repo: Repo,
  path: string,
  agent: string | null,
): Promise<Undo> {
  const { binding: file } = worktreeStatePaths(await locateRepository(repoAt(repo, path)));
  const before = files.read(file);
  if (agent === null) files.remove(file);
  else files.write(file, `${agent}\n`);
  return () => (before === null ? files.remove(file) : files.write(file, before));
}
