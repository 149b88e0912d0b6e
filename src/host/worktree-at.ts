import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Files } from './files.ts';

/** The worktree a directory lies in, read from git's files without starting git. */
export interface WorktreeAt {
  /** Absolute, links resolved. */
  readonly top: string;
  readonly gitDirectory: string;
  readonly commonDirectory: string;
}

/**
 * The nearest worktree at or above a directory; null when there is none. The directory need not
 * exist. Sources: gitrepository-layout(5), "gitfile" in gitglossary(7).
 */
export function worktreeAt(files: Files, directory: string): WorktreeAt | null {
  for (let at = files.resolve(directory); ; at = dirname(at)) {
    const gitDirectory = gitDirectoryOf(files, at);
    if (gitDirectory !== null)
      return { top: at, gitDirectory, commonDirectory: commonDirectoryOf(files, gitDirectory) };
    if (dirname(at) === at) return null;
  }
}

/** What `.git` in a directory is, or leads to; null when nothing of git's is there. */
function gitDirectoryOf(files: Files, top: string): string | null {
  const path = join(top, '.git');
  if (!files.exists(path)) return null;
  if (!files.isFile(path)) return isGitDirectory(files, path) ? files.resolve(path) : null;
  const named = /^gitdir: (.+?)\n*$/s.exec(files.read(path)?.toString() ?? '')?.[1];
  if (named === undefined) return null;
  const found = files.resolve(isAbsolute(named) ? named : join(top, named));
  return isGitDirectory(files, found) ? found : null;
}

const isGitDirectory = (files: Files, path: string): boolean => files.exists(join(path, 'HEAD'));

function commonDirectoryOf(files: Files, gitDirectory: string): string {
  const named = files.read(join(gitDirectory, 'commondir'))?.toString().trimEnd();
  return files.resolve(named === undefined ? gitDirectory : resolve(gitDirectory, named));
}
