import type { LinkEnd } from '../../../core/guard/facts.ts';
import type { Change, Entry } from '../../../domain/change.ts';
import { decodeRepoPath, type RepoPath } from '../../../domain/path.ts';
import type { ObjectReader } from '../../../git/objects/object-reader.ts';
import type { TreeReader } from '../../../git/objects/trees.ts';

/** As many links as a system follows for one path before it gives up; path_resolution(7). */
const MOST_LINKS = 40;

/**
 * Where each changed link really leads once the changes are made: a part of its target may be a link
 * itself, changed with it or there before, and `..` behind that goes up from where it leads to.
 *
 * @param before what the changes are against; null before the first commit
 */
export async function findLinkEnds(
  reader: ObjectReader,
  before: TreeReader | null,
  changes: readonly Change[],
): Promise<ReadonlyMap<RepoPath, LinkEnd>> {
  const ends = new Map<RepoPath, LinkEnd>();
  const links = changes.filter(({ operation }) => operation === 'symlink');
  if (links.length === 0) return ends;
  const after = new Map(changes.map((change) => [change.path, change]));
  const targetAt = async (path: RepoPath): Promise<string | null> => {
    const changed = after.get(path);
    if (changed?.target !== undefined) return changed.target;
    const entry = changed ? changed.after : ((await before?.entry(path)) ?? null);
    return readTarget(reader, entry);
  };
  for (const { path } of links) ends.set(path, await follow(path, targetAt));
  return ends;
}

async function readTarget(reader: ObjectReader, entry: Entry | null): Promise<string | null> {
  if (entry?.mode !== '120000') return null;
  const blob = await reader.read(entry.oid);
  return blob && decodeRepoPath(blob.data);
}

async function follow(
  link: RepoPath,
  targetAt: (path: RepoPath) => Promise<string | null>,
): Promise<LinkEnd> {
  const place: string[] = [];
  const through: RepoPath[] = [];
  // The names still to go, the next one last.
  const open = link.split('/').reverse();
  while (open.length > 0) {
    const name = open.pop()!;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (place.pop() === undefined) return { kind: 'outside' };
      continue;
    }
    const path = [...place, name].join('/') as RepoPath;
    const target = await targetAt(path);
    if (target === null) place.push(name);
    else {
      if (through.length === MOST_LINKS || isElsewhere(target))
        return { kind: isElsewhere(target) ? 'outside' : 'endless' };
      through.push(path);
      open.push(...target.split('/').reverse());
    }
  }
  if (place.length === 0) return { kind: 'outside' };
  return { kind: 'inside', path: place.join('/') as RepoPath, through };
}

/** Absolute, for any system a clone may be on. */
const isElsewhere = (target: string): boolean => /^(?:\/|\\|[A-Za-z]:[\\/])/.test(target);
