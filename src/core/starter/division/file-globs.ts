import type { RepoPath } from '../../../domain/path.ts';
import { literalGlob } from '../read-glob.ts';
import { nameChoices } from '../name-choice.ts';

/** One glob, and the files it was made for. */
export interface FileGlob {
  readonly glob: string;
  readonly names: readonly RepoPath[];
}

/**
 * Names files of one directory: by how their names begin, where no other file there begins so, else
 * with several names in one pair of braces.
 *
 * @param others files of the same directory that must not be named
 */
export function fileGlobs(files: readonly RepoPath[], others: readonly RepoPath[]): FileGlob[] {
  const directory = files[0]?.replace(/[^/]*$/, '') ?? '';
  const nameOf = (path: RepoPath): string => path.slice(directory.length);
  if (others.length === 0 && files.length > 1 && directory !== '')
    return [{ glob: `${literalGlob(directory)}*`, names: files }];
  const globs: FileGlob[] = [];
  const single: RepoPath[] = [];
  for (const [beginning, names] of groupBy(files, (path) => beginningOf(nameOf(path)))) {
    const alone = !others.some((path) => nameOf(path).startsWith(beginning));
    if (beginning !== '' && names.length > 1 && alone)
      globs.push({ glob: `${literalGlob(directory + beginning)}*`, names });
    else single.push(...names);
  }
  for (const [, names] of groupBy(single, (path) => endingOf(nameOf(path))))
    globs.push(...inBraces(directory, names));
  return globs;
}

/** `auth_` of `auth_login.py`; '' when the name is of one word. */
const beginningOf = (name: string): string =>
  /^[A-Za-z0-9]{3,}[-_.](?=.*[-_.])/.exec(name)?.[0] ?? '';

const endingOf = (name: string): string => /(?<=.)\.[A-Za-z0-9.]+$/.exec(name)?.[0] ?? '';

function inBraces(directory: string, paths: readonly RepoPath[]): FileGlob[] {
  const ending = endingOf(paths[0]!.slice(directory.length));
  const stem = (path: RepoPath): string =>
    path.slice(directory.length, path.length - ending.length);
  const byStem = new Map(paths.map((path) => [stem(path), path]));
  return nameChoices(literalGlob(directory), [...byStem.keys()], literalGlob(ending)).map(
    ({ glob, names }) => ({ glob, names: names.map((name) => byStem.get(name)!) }),
  );
}

function groupBy(
  paths: readonly RepoPath[],
  keyOf: (path: RepoPath) => string,
): Map<string, RepoPath[]> {
  const groups = new Map<string, RepoPath[]>();
  for (const path of paths) groups.set(keyOf(path), [...(groups.get(keyOf(path)) ?? []), path]);
  return groups;
}
