import { compare } from '../../../domain/finding.ts';
import type { RepoPath } from '../../../domain/path.ts';

/** A file that makes commits reach into a second part. */
export interface CrossingFile {
  readonly path: RepoPath;
  /** Commits that would lie within one part if this file were of all of them, after those before it in the list. */
  readonly commits: number;
}

/**
 * The files that cause most of the commits over several parts: of each of the others the one that
 * alone, without those already found, keeps most commits from lying within one part.
 *
 * @param partOf the part of a path; null for what belongs to all
 * @param enough a file that causes fewer commits than this is not worth a word
 * @returns the worst first, at most `most`
 */
export function crossingFiles(
  commits: readonly { readonly paths: readonly RepoPath[] }[],
  partOf: (path: RepoPath) => number | string | null,
  { most, enough }: { readonly most: number; readonly enough: number },
): CrossingFile[] {
  const found: CrossingFile[] = [];
  const free = new Set<RepoPath>();
  let crossing = commits.map(({ paths }) => paths.filter((path) => partOf(path) !== null));
  while (found.length < most) {
    crossing = crossing
      .map((paths) => paths.filter((path) => !free.has(path)))
      .filter((paths) => new Set(paths.map(partOf)).size > 1);
    const causes = new Map<RepoPath, number>();
    for (const path of crossing.flatMap((paths) => soleCauses(paths, partOf)))
      causes.set(path, (causes.get(path) ?? 0) + 1);
    const [worst] = [...causes].sort(([a, m], [b, n]) => n - m || compare(a, b));
    if (!worst || worst[1] < enough) break;
    found.push({ path: worst[0], commits: worst[1] });
    free.add(worst[0]);
  }
  return found;
}

/** The files of one commit each of which alone is all there is in a second part. */
function soleCauses(
  paths: readonly RepoPath[],
  partOf: (path: RepoPath) => number | string | null,
): RepoPath[] {
  const byPart = new Map<number | string | null, RepoPath[]>();
  for (const path of paths) byPart.set(partOf(path), [...(byPart.get(partOf(path)) ?? []), path]);
  if (byPart.size !== 2) return [];
  return [...byPart.values()].flatMap((files) => (files.length === 1 ? files : []));
}
