import { beyondMerging, type FileOfBoth } from '../../../core/guard/merge-result.ts';
import { type Entry, isOrdinaryFile, sameEntry } from '../../../domain/change.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import { changedEntries } from '../../../git/objects/changed-entries.ts';
import type { ObjectReader } from '../../../git/objects/object-reader.ts';
import { readCommitTree } from '../../../git/objects/read-top-file.ts';
import { LevelReader } from '../../../git/objects/trees.ts';

type Entries = ReadonlyMap<RepoPath, Entry | null>;

/** Bytes; the lines of a larger file are not counted, and it is not merged. */
const MOST_BYTES = 8_000_000;

/** Lines from which on a file that one side took away is looked for at the places that side added. */
const WORTH_MOVING = 2_000;

/**
 * The files that both sides have changed since they parted and that are too large to be merged here, sorted.
 * What is found follows from the commits alone.
 *
 * @param forks where the two parted
 */
export async function unmergedFiles(
  reader: ObjectReader,
  forks: readonly Oid[],
  tips: readonly [Oid, Oid],
): Promise<RepoPath[]> {
  const levels = new LevelReader(reader);
  const treeOf = async (commit: Oid): Promise<Oid | null> =>
    (await readCommitTree(reader, commit))?.tree ?? null;
  const shared = new Map<RepoPath, number>();
  for (const fork of forks) {
    const [from, ...sides] = await Promise.all([fork, ...tips].map(treeOf));
    if (!from) continue;
    const [ours, theirs] = await Promise.all(
      sides.map((side) => changedEntries((tree) => levels.read(tree), from, side ?? null)),
    );
    for (const { path, lines } of await sharedFiles(reader, ours!, theirs!))
      shared.set(path, Math.max(lines, shared.get(path) ?? 0));
  }
  return beyondMerging([...shared].map(([path, lines]) => ({ path, lines })));
}

/** What both have changed, each in its own way; a file that was moved on one side may be changed at both its places. */
async function sharedFiles(
  reader: ObjectReader,
  ours: Entries,
  theirs: Entries,
): Promise<FileOfBoth[]> {
  const found: FileOfBoth[] = [];
  const moved = new Set<Entries>();
  for (const [path, own] of ours) {
    const other = theirs.get(path);
    if (other === undefined || sameEntry(own, other)) continue;
    const lines = Math.max(
      ...(await Promise.all([own, other].map((side) => linesOf(reader, side)))),
    );
    found.push({ path, lines });
    if (lines >= WORTH_MOVING && (own === null || other === null))
      moved.add(own === null ? ours : theirs);
  }
  const alone = [...moved].flatMap((side) => {
    const rest = side === ours ? theirs : ours;
    return [...side].filter(([path]) => !rest.has(path));
  });
  const places = alone.map(async ([path, entry]) => ({
    path,
    lines: await linesOf(reader, entry),
  }));
  return [...found, ...(await Promise.all(places))];
}

async function linesOf(reader: ObjectReader, entry: Entry | null): Promise<number> {
  if (entry === null || !isOrdinaryFile(entry)) return 0;
  const blob = await reader.read(entry.oid, MOST_BYTES);
  if (blob === null || blob.size > MOST_BYTES) return blob === null ? 0 : Infinity;
  let lines = 1;
  for (let at = blob.data.indexOf(10); at >= 0; at = blob.data.indexOf(10, at + 1)) lines += 1;
  return lines;
}
