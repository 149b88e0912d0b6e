import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import { treeChanges } from '../../git/diff/tree-changes.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { readMarks } from '../layout/read-marks.ts';
import type { PolicySession } from '../session/session.ts';
import { compareNames } from './compare-names.ts';
import { NameReader, textsOfCode, writtenByHand } from './read-names.ts';
import { type BringContents, searchNames } from './search-names.ts';
import { textOf } from './text-of.ts';

/** A branch, and what has become of the base since it began. */
export interface NamesSince {
  readonly fork: () => Promise<Oid>;
  readonly base: Oid;
  readonly head: Oid;
  /** Fetches contents; absent where all are here. */
  readonly bring?: BringContents;
}

/**
 * Names that the base removed and the branch begins to use since the two parted, or the other way round, and
 * those that both added: what they did since is compared like two branches.
 */
export async function judgeNames(
  { reader, workspace: { repo } }: PolicySession,
  { fork, base, head, bring }: NamesSince,
  names: { readonly agent: AgentId | null; readonly branch: string; readonly base: string },
): Promise<Finding[]> {
  const began = await fork();
  if (began === base || began === head) return [];
  const tree = (await readCommitTree(reader, began))?.tree;
  if (tree === undefined) return [];
  const changes = await Promise.all([base, head].map((side) => treeChanges(repo, began, side)));
  if (changes.some((side) => textsOfCode(side).length === 0)) return [];
  await bring?.(changes.flatMap(textsOfCode));
  const before = new TreeReader(reader, tree);
  const text = (oid: Oid): Promise<string | null> => textOf(reader, oid);
  const fleet = {
    refs: [names.base, names.branch],
    changes,
    text,
    isHere: () => Promise.resolve(false),
    conflict: () => false,
    search: searchNames(repo, tree, bring),
    blobAt: async (path: RepoPath) => (await before.entry(path))?.oid ?? null,
    // What git makes of one file is judged by whoever merges it; see `docs/overlap.md`.
    mergedFile: () => Promise.resolve(null),
  };
  const landed = (await readCommitTree(reader, base))?.tree;
  const marks = await readMarks(
    reader,
    landed === undefined ? null : new TreeReader(reader, landed),
    changes.flat().map(({ path }) => path),
  );
  const read = writtenByHand(await new NameReader(text).read(changes), marks);
  const { breaks } = await compareNames(fleet, read);
  return breaks.map(({ refs: _, ...found }): Finding => ({ ...found, agent: names.agent }));
}
