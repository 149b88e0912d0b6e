import { join, resolve } from 'node:path';
import type { Repo } from '../../domain/repo.ts';
import { hooksDirectory } from '../../git/worktree/hooks-directory.ts';
import { allSettings } from '../../git/worktree/settings.ts';
import { repoAt } from '../session/repo-at.ts';
import type { Workspace } from '../session/workspace.ts';
import type { LocatedWorktree } from './locate-worktrees.ts';

/** Says where git looks for the hooks of a worktree: absolute, and not cleared of links. */
export type HooksDirectories = (
  worktree: Pick<LocatedWorktree, 'here' | 'path' | 'repo'>,
) => Promise<string>;

/**
 * Asks git once for all worktrees but ours. Where they may be configured differently, git is asked in
 * each.
 */
export async function hooksDirectories({ repo, location }: Workspace): Promise<HooksDirectories> {
  const hooksPath = await sharedHooksPath(repo);
  return async (worktree) => {
    if (hooksPath === undefined || worktree.here) return hooksDirectory(worktree.repo);
    const { path } = worktree;
    return hooksPath === null ? join(location.commonDirectory, 'hooks') : resolve(path, hooksPath);
  };
}

/** `core.hooksPath` where it is the same for all; null when nobody set it, undefined when git must say. */
async function sharedHooksPath(repo: Repo): Promise<string | null | undefined> {
  const settings = await allSettings(repoAt(repo, repo.directory));
  const differs = [...settings.keys()].some(
    (key) => key.startsWith('includeif.') || key === 'extensions.worktreeconfig',
  );
  const path = settings.get('core.hookspath');
  if (differs || (path !== undefined && /^(?:$|[~%])/.test(path))) return undefined;
  return path ?? null;
}
