import { isAbsolute, join, relative, sep } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { parseRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Session } from './session.ts';

/**
 * A path as someone typed it where they stand, as the repository knows it. It need not exist.
 *
 * @throws Failure `usage` when it is outside the work tree, or its top.
 */
export function repoPathOf({ host, workspace: { location } }: Session, typed: string): RepoPath {
  const top = host.files.resolve(location.top ?? host.cwd);
  // As git takes it, and our own remedies write it: seen from the top, wherever one stands.
  const fromTop = /^:(?:\/|\(top(?:,literal)?\))(.+)$/s.exec(typed)?.[1];
  const absolute = isAbsolute(typed)
    ? typed
    : join(fromTop === undefined ? host.files.resolve(host.cwd) : top, fromTop ?? typed);
  const path = parseRepoPath(relative(top, absolute).split(sep).join('/'));
  if (path !== null) return path;
  throw new Failure('usage', `${typed} is not inside ${top}`);
}
