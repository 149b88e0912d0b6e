import { join } from 'node:path';
import { hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Diagnosis } from '../../domain/reports/doctor.ts';
import type { Files } from '../../host/files.ts';
import type { Host } from '../../host/host.ts';
import type { LocatedWorktree } from '../layout/locate-worktrees.ts';

/** A lock of git's own: while it is there, something of git does not work. */
export interface GitLock {
  readonly path: string;
  readonly code: 'git-lock' | 'index-lock';
  /** What git cannot do. */
  readonly stops: string;
}

/** Refs in more directories than these are not looked at. */
const MOST_DIRECTORIES = 10_000;

/** Those that are there. @param common the directory that all worktrees share */
export const gitLocks = (
  { files }: Host,
  common: string,
  located: readonly LocatedWorktree[],
): GitLock[] =>
  [
    ...located.flatMap(({ gitDirectory }): GitLock[] => [
      {
        path: join(gitDirectory, 'index.lock'),
        code: 'index-lock',
        stops: 'git commits nothing in that worktree',
      },
      {
        path: join(gitDirectory, 'HEAD.lock'),
        code: 'git-lock',
        stops: 'git neither commits nor switches branches in that worktree',
      },
    ]),
    shared(join(common, 'config.lock'), 'git changes no setting'),
    shared(join(common, 'packed-refs.lock'), 'git deletes no branch and packs no refs'),
    shared(join(common, 'shallow.lock'), 'git deepens no history'),
    ...refLocks(files, join(common, 'refs')).map((path) =>
      shared(path, `git does not move ${path.slice(common.length + 1, -'.lock'.length)}`),
    ),
  ].filter(({ path }) => files.exists(path));

const shared = (path: string, stops: string): GitLock => ({ path, code: 'git-lock', stops });

/** Locks of refs that are files of their own. */
function refLocks(files: Files, top: string): string[] {
  const found: string[] = [];
  const open = [top];
  for (let seen = 0; open.length > 0 && seen < MOST_DIRECTORIES; seen += 1) {
    const directory = open.pop()!;
    for (const name of files.list(directory)) {
      const path = join(directory, name);
      if (files.isDirectory(path)) open.push(path);
      // No ref has a name that ends so; git-check-ref-format(1).
      else if (name.endsWith('.lock')) found.push(path);
    }
  }
  return found.sort();
}

/** @param locks those that were there at the beginning, and at the end */
export const diagnoseGitLocks = (locks: readonly GitLock[]): Diagnosis[] =>
  locks.map(({ path, code, stops }) => ({
    code,
    severity: 'fault',
    worktree: null,
    event: null,
    message: `${path} is there, so ${stops}: another git is at work, or was killed`,
    hint: hintTo('take it away when no git is at work there', `rm ${shellQuote(path)}`),
    ours: false,
  }));
