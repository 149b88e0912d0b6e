import { delimiter, join } from 'node:path';
import type { Environment } from '../../domain/repo.ts';

/**
 * The environment in which git writes every new object into `directory` and still reads those of
 * the repository: a guard must not leave objects behind. Source: git(1), GIT_OBJECT_DIRECTORY.
 *
 * @param commonDirectory the git directory all worktrees share, absolute
 * @param directory an existing, empty, absolute directory
 */
export function quarantine(
  commonDirectory: string,
  directory: string,
  environment: Environment,
): Environment {
  const own = environment['GIT_OBJECT_DIRECTORY'] ?? join(commonDirectory, 'objects');
  const more = environment['GIT_ALTERNATE_OBJECT_DIRECTORIES'];
  return {
    GIT_OBJECT_DIRECTORY: directory,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: [alternates([own]), ...(more ? [more] : [])].join(delimiter),
  };
}

/**
 * The other way round: git writes into the repository, and also reads what was made up for it in
 * `directory`. For what comes of merges that is to stay.
 */
export function keeping(
  commonDirectory: string,
  directory: string,
  environment: Environment,
): Environment {
  const more = environment['GIT_ALTERNATE_OBJECT_DIRECTORIES'];
  return {
    GIT_OBJECT_DIRECTORY: environment['GIT_OBJECT_DIRECTORY'] ?? join(commonDirectory, 'objects'),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: [alternates([directory]), ...(more ? [more] : [])].join(
      delimiter,
    ),
  };
}

/** Object directories as git takes a list of them. */
export const alternates = (directories: readonly string[]): string =>
  directories.map(quotePath).join(delimiter);

/** git splits the list at `:` (`;` on Windows) and unquotes C strings; see git(1). */
const quotePath = (path: string): string =>
  path.includes(delimiter) || path.startsWith('"')
    ? `"${path.replace(/[\\"]/g, (char) => `\\${char}`)}"`
    : path;
