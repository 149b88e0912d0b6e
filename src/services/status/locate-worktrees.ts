import { join, resolve } from 'node:path';
import { type WorktreePlaces, worktreePlaces } from '../../git/worktree/places.ts';
import { allSettings } from '../../git/worktree/settings.ts';
import type { Files } from '../../host/files.ts';
import { repoAt } from '../session/repo-at.ts';
import type { Session } from '../session/session.ts';

/** Says where the worktree at a path keeps what is its own. */
export type LocateWorktrees = (path: string) => Promise<WorktreePlaces>;

/**
 * Asks git once for all linked worktrees, and reads the rest from what it left there; see
 * gitrepository-layout(5). Where worktrees may be configured differently, git is asked about each.
 */
export async function locateWorktrees({ host, workspace }: Session): Promise<LocateWorktrees> {
  const { repo, location } = workspace;
  const ask: LocateWorktrees = (path) =>
    worktreePlaces(path === location.top ? repo : repoAt(repo, path));
  const hooksPath = await sharedHooksPath(workspace);
  if (hooksPath === undefined) return ask;
  const { commonDirectory } = location;
  return async (path) => {
    const gitDirectory = path === location.top ? null : linkedDirectory(host.files, path);
    if (gitDirectory === null) return ask(path);
    const own = hooksPath === null ? join(commonDirectory, 'hooks') : resolve(path, hooksPath);
    return { gitDirectory, hooksDirectory: own };
  };
}

/** `core.hooksPath` where it is the same for all; null when nobody set it, undefined when git must say. */
async function sharedHooksPath({ repo }: Session['workspace']): Promise<string | null | undefined> {
  const settings = await allSettings(repoAt(repo, repo.directory));
  const differs = [...settings.keys()].some(
    (key) => key.startsWith('includeif.') || key === 'extensions.worktreeconfig',
  );
  const path = settings.get('core.hookspath');
  if (differs || (path !== undefined && /^[~%]/.test(path))) return undefined;
  return path ?? null;
}

/** What the `.git` file of a linked worktree points at; null when it is something else. */
function linkedDirectory(files: Files, path: string): string | null {
  const link = join(path, '.git');
  if (!files.isFile(link)) return null;
  const target = /^gitdir: (.+)\n*$/.exec(files.read(link)?.toString() ?? '')?.[1];
  return target === undefined ? null : files.resolve(resolve(path, target));
}
