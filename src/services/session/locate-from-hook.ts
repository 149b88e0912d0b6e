import { join, resolve } from 'node:path';
import { parseOid, parseRefName } from '../../domain/refs.ts';
import type { Location } from '../../git/worktree/locate.ts';
import type { Files } from '../../host/files.ts';
import type { Host } from '../../host/host.ts';

/**
 * Where a hook runs, read from what git left for it, without starting git: a hook starts at the top of
 * its work tree, `GIT_DIR` (else `.git`) is its git directory, and the files in there are documented.
 * Null when anything is less than ordinary; then git is asked.
 * Sources: githooks(5), gitrepository-layout(5).
 */
export function locateFromHook(host: Host): Location | null {
  const { environment, files, cwd } = host;
  const { GIT_DIR: named, GIT_WORK_TREE, GIT_COMMON_DIR } = environment;
  if (GIT_WORK_TREE !== undefined || GIT_COMMON_DIR !== undefined) return null;
  const gitDirectory = resolve(cwd, named ?? '.git');
  const committing = environment['GIT_INDEX_FILE'] !== undefined;
  return committing || isGitDirectoryOf(files, cwd, named === undefined ? null : gitDirectory)
    ? locationFrom(files, cwd, gitDirectory)
    : null;
}

/**
 * Whether a work tree begins at `top`, where no index says so: it has a git directory in it, or
 * `linked`, which git named, is of a worktree that says that it is here.
 */
function isGitDirectoryOf(files: Files, top: string, linked: string | null): boolean {
  if (linked === null) return files.exists(join(top, '.git', 'HEAD'));
  const back = files.read(join(linked, 'gitdir'))?.toString().trimEnd();
  return back !== undefined && files.resolve(back) === files.resolve(join(top, '.git'));
}

/**
 * What git's own directory of a work tree says of it; null when that is less than ordinary.
 * Source: gitrepository-layout(5).
 */
export function locationFrom(files: Files, top: string, gitDirectory: string): Location | null {
  const head = files.read(join(gitDirectory, 'HEAD'));
  const text = head?.toString().trimEnd() ?? '';
  // With the reftable format HEAD always names refs/heads/.invalid, which is not a ref name.
  const ref = parseRefName(text.replace(/^ref: /, ''));
  if (ref === null && parseOid(text) === null) return null;
  const common = files.read(join(gitDirectory, 'commondir'))?.toString().trimEnd();
  const commonDirectory = common === undefined ? gitDirectory : resolve(gitDirectory, common);
  return {
    top,
    gitDirectory,
    commonDirectory,
    head: ref,
    shallow: files.exists(join(commonDirectory, 'shallow')),
  };
}
