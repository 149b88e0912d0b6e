import { compare } from '../../../domain/finding.ts';
import type { RepoPath } from '../../../domain/path.ts';

/**
 * What anybody would do without looking at history: each folder near the top is of one part whole, so that the
 * parts have about as many files. A division is measured against it. Where there are fewer folders than parts, the
 * largest is looked into.
 *
 * @returns the number of the part that a path would be in; null for a file outside of all folders
 */
export function topFolders(
  paths: readonly RepoPath[],
  parts: number,
): (path: RepoPath) => number | null {
  const partOf = new Map<string, number>();
  const loads = new Array<number>(parts).fill(0);
  for (const [folder, files] of folders(paths, parts)) {
    const part = loads.indexOf(Math.min(...loads));
    loads[part]! += files.length;
    partOf.set(folder, part);
  }
  const deepest = Math.max(0, ...[...partOf.keys()].map((folder) => folder.split('/').length));
  return (path) => {
    const names = path.split('/').slice(0, -1);
    for (let depth = Math.min(deepest, names.length); depth > 0; depth -= 1) {
      const part = partOf.get(names.slice(0, depth).join('/'));
      if (part !== undefined) return part;
    }
    return null;
  };
}

type Folder = readonly [folder: string, files: readonly RepoPath[]];

/** The folders to hand out, the largest first, with the files that none below them has. */
function folders(paths: readonly RepoPath[], parts: number): Folder[] {
  let found = inside('', paths);
  while (found.length > 0 && found.length < parts) {
    const [largest, ...others] = found;
    const below = inside(`${largest![0]}/`, largest![1]);
    if (below.length === 0) return found;
    const taken = new Set(below.flatMap(([, files]) => files));
    const rest = largest![1].filter((file) => !taken.has(file));
    found = bySize([
      ...others,
      ...below,
      ...(rest.length === 0 ? [] : [[largest![0], rest] as const]),
    ]);
  }
  return found;
}

/** The folders right behind a place. */
function inside(place: string, paths: readonly RepoPath[]): Folder[] {
  const found = new Map<string, RepoPath[]>();
  for (const path of paths) {
    const end = path.indexOf('/', place.length);
    if (!path.startsWith(place) || end < 0) continue;
    const folder = path.slice(0, end);
    const files = found.get(folder);
    if (files === undefined) found.set(folder, [path]);
    else files.push(path);
  }
  return bySize([...found]);
}

const bySize = (found: readonly Folder[]): Folder[] =>
  found.toSorted((a, b) => b[1].length - a[1].length || compare(a[0], b[0]));
