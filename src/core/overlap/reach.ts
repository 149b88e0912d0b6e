import type { Footprint, MetFile, PassedFile } from '../../domain/footprint.ts';
import { directoriesAbove } from '../../domain/path.ts';

/**
 * Everything a branch changed since it began, in a form to be compared with other branches. A footprint
 * leaves out what the base has by now; but where another branch changes that once more, git sees two
 * changes of one thing. And a rebase goes through every commit, also one that a later one takes back.
 */
export function reachOf(
  { changes, removedDirectories }: Footprint,
  met: readonly MetFile[],
  passed: readonly PassedFile[],
): Footprint {
  if (met.length + passed.length === 0) return { changes, removedDirectories };
  const known = new Set([...changes, ...met].map(({ path }) => path));
  const more = passed.filter(({ path }) => !known.has(path));
  const paths = new Set(met.map(({ path }) => path));
  const since = [...met, ...more].map(({ path, before, after }) => ({
    path,
    before,
    after,
    lines: 0,
    hunks: null,
  }));
  const untouched = changes.filter(({ path }) => !paths.has(path));
  return { changes: [...untouched, ...since], removedDirectories };
}

/** The directories above what a branch adds; the top is none. */
export const directoriesAddedTo = ({ changes }: Footprint): Set<string> =>
  new Set(
    changes.filter(({ before }) => before === null).flatMap(({ path }) => directoriesAbove(path)),
  );

/** How many files a branch removes below each directory. */
export function removedBelow({ changes }: Footprint): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path, after } of changes)
    if (after === null)
      for (const directory of directoriesAbove(path))
        counts.set(directory, (counts.get(directory) ?? 0) + 1);
  return counts;
}
