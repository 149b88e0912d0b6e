import { type Change, type Entry, operationOf, sameEntry } from '../../domain/change.ts';
import { compare } from '../../domain/finding.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';

/** A merge as git made it by itself, and what it could not settle. */
export interface MergeResult {
  /** What differs between our side and the result. */
  readonly changes: readonly Change[];
  /** Every path that a conflict is about. */
  readonly conflicted: readonly RepoPath[];
  /** The two commits, by which git names what it had to set aside. */
  readonly sides: readonly Oid[];
}

/**
 * Tells what git settled from what it did not. Where it did not (one side deletes what the other
 * changes, binary files, links), git may leave our side in place, so that the path would not differ:
 * whoever lands the branch must choose there.
 */
export function splitMergeResult({ changes, conflicted, sides }: MergeResult): {
  /** Changes that git made by itself, by path. */
  readonly settled: ReadonlyMap<RepoPath, Change>;
  /** Paths to be settled by hand, sorted, each once. */
  readonly open: readonly RepoPath[];
} {
  const settled = new Map<RepoPath, Change>();
  const open = new Set(conflicted.map((path) => meantFor(path, sides)));
  for (const change of changes) {
    const path = meantFor(change.path, sides);
    if (path === change.path) settled.set(path, change);
    else open.add(path);
  }
  return { settled, open: [...open].sort() };
}

/**
 * A file in the way of a directory is set aside as `<path>~<commit>`, with `_<n>` behind it where that
 * is taken: the path it was meant for. Source: merge-ort.c, `unique_path`.
 */
function meantFor(path: RepoPath, sides: readonly Oid[]): RepoPath {
  const match = /^(.+)~([0-9a-f]{40,64})(?:_\d+)?$/s.exec(path);
  return match && sides.includes(match[2] as Oid) ? (match[1] as RepoPath) : path;
}

/** What a path to be settled by hand comes to if their side is taken; null when it changes nothing. */
export function takingTheirs(
  path: RepoPath,
  ours: Entry | null,
  theirs: Entry | null,
): Change | null {
  const [before, after] = [fileOf(ours), fileOf(theirs)];
  if (sameEntry(before, after)) return null;
  return { path, operation: operationOf(before, after), before, after };
}

/** A directory is nothing by itself: what is in it has paths of its own. */
const fileOf = (entry: Entry | null): Entry | null => (entry?.mode === '040000' ? null : entry);

/** A file that both sides have changed. */
export interface FileOfBoth {
  readonly path: RepoPath;
  /** Of the longer side; infinite for one that was too large to be counted. */
  readonly lines: number;
}

/**
 * Lines of one file that is merged, or of more that come to the same time. Git takes as long as the square
 * of the lines where nearly all of them differ; docs/security.md has the worst case as it was measured.
 */
const MOST_LINES = 50_000;

/**
 * The files that are not merged, sorted: as many are as fit into the bound, short ones first. Nobody can be
 * kept waiting by long ones, and what follows does not hang on how fast a machine is.
 */
export function beyondMerging(files: readonly FileOfBoth[]): RepoPath[] {
  const left: RepoPath[] = [];
  let spent = 0;
  for (const { path, lines } of [...files].sort(
    (a, b) => a.lines - b.lines || compare(a.path, b.path),
  )) {
    spent += lines ** 2;
    if (spent > MOST_LINES ** 2) left.push(path);
  }
  return left.sort(compare);
}
