import { compare } from '../../domain/finding.ts';
import { foldPath } from '../../domain/text/fold.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import { matchesNear } from './rulebook.ts';

/**
 * Those of the paths that steer the guard, git or an agent's harness, sorted. They are worth a look
 * also where whoever changed them may.
 */
export const controlPaths = (
  { control }: Pick<Ownership, 'control'>,
  paths: readonly RepoPath[],
): RepoPath[] =>
  [...new Set(paths)]
    .filter((path) => control.some((glob) => matchesNear(glob, path, foldPath(path))))
    .sort(compare);
