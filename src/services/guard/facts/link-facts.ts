import type { LinkEnd, MovedLink } from '../../../core/guard/facts.ts';
import { type Change, type Entry, sameEntry } from '../../../domain/change.ts';
import { decodeRepoPath, type RepoPath } from '../../../domain/path.ts';
import type { ObjectReader } from '../../../git/objects/object-reader.ts';
import type { TreeReader } from '../../../git/objects/trees.ts';
import { followLink, LINK_READINGS } from './follow-link.ts';
import { NamesAfter } from './names-after.ts';

/** Bytes; what is longer no system takes for the text of a link, and it is not read. PATH_MAX in limits.h(0p). */
export const LONGEST_TARGET = 4096;

/** Links of a tree that are looked at for one that a change makes lead elsewhere. */
const MOST_KEPT = 10_000;

/** Where links lead once the changes are made. */
export interface LinkFacts {
  readonly linkEnds: ReadonlyMap<RepoPath, readonly LinkEnd[]>;
  readonly movedLinks: ReadonlyMap<RepoPath, readonly MovedLink[]>;
}

const NO_LINKS: LinkFacts = { linkEnds: new Map(), movedLinks: new Map() };

/**
 * Where each changed link really leads once the changes are made: a part of its target may be a link
 * itself, changed with it or there before, and `..` behind that goes up from where it leads to. And which
 * links that stay as they are lead elsewhere then, because a link on their way came, went or was turned.
 *
 * @param before what the changes are against; null before the first commit
 */
export async function findLinkFacts(
  reader: ObjectReader,
  before: TreeReader | null,
  changes: readonly Change[],
): Promise<LinkFacts> {
  const turned = changes.filter((change) => isLink(change.before) || isLink(change.after));
  if (turned.length === 0) return NO_LINKS;
  const read = async (entry: Entry | null): Promise<string | null> => {
    const blob = entry && isLink(entry) ? await reader.read(entry.oid, LONGEST_TARGET) : null;
    return blob && blob.size <= LONGEST_TARGET ? decodeRepoPath(blob.data) : null;
  };
  const names = new NamesAfter(before, changes, read);
  const linkEnds = new Map<RepoPath, readonly LinkEnd[]>();
  for (const { path, operation } of turned)
    if (operation === 'symlink') linkEnds.set(path, await endsOf(names, path));
  return { linkEnds, movedLinks: await findMoved(names, new NamesAfter(before, [], read), turned) };
}

const isLink = (entry: Entry | null): boolean => entry?.mode === '120000';

/** One end for each way in which systems read names, each once. */
async function endsOf(names: NamesAfter, link: RepoPath): Promise<LinkEnd[]> {
  const ends = new Map<string, LinkEnd>();
  for (const reading of LINK_READINGS) {
    const end = await followLink(names, link, reading);
    ends.set(JSON.stringify(end), end);
  }
  return [...ends.values()];
}

/** The links that were there before and led elsewhere, by the change on their way. */
async function findMoved(
  after: NamesAfter,
  before: NamesAfter,
  turned: readonly Change[],
): Promise<Map<RepoPath, MovedLink[]>> {
  const moved = new Map<RepoPath, MovedLink[]>();
  const kept = (await before.links()).filter((link) => !after.isChanged(link));
  const changed = new Set(
    turned.filter((each) => !sameEntry(each.before, each.after)).map(({ path }) => path),
  );
  for (const [at, link] of kept.entries()) {
    if (at === MOST_KEPT) {
      moved.set(turned[0]!.path, [{ link, ends: [{ kind: 'endless' }] }]);
      break;
    }
    const [was, is] = [await endsOf(before, link), await endsOf(after, link)];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    const on = [...is, ...was].flatMap((end) => (end.kind === 'inside' ? end.through : []));
    const by = on.find((path) => changed.has(path));
    if (by !== undefined) moved.set(by, [...(moved.get(by) ?? []), { link, ends: is }]);
  }
  return moved;
}
