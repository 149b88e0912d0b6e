import { compare } from '../../../domain/finding.ts';
import type { RepoPath } from '../../../domain/path.ts';

/**
 * What anybody would do without looking at history: each folder at the top is of one part whole, so that the
 * parts have about as many files. A division is measured against it.
 *
 * @returns the number of the part that a path would be in; null for a file at the top
 */
export function topFolders(
  paths: readonly RepoPath[],
  parts: number,
): (path: RepoPath) => number | null {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    const folder = folderOf(path);
    if (folder !== null) sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  }
  const loads = new Array<number>(parts).fill(0);
  const partOf = new Map<string, number>();
  for (const [folder, size] of [...sizes].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]))) {
    const part = loads.indexOf(Math.min(...loads));
    loads[part]! += size;
    partOf.set(folder, part);
  }
  return (path) => partOf.get(folderOf(path) ?? '') ?? null;
}

const folderOf = (path: RepoPath): string | null =>
  path.includes('/') ? path.slice(0, path.indexOf('/')) : null;
