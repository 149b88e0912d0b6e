import { findCandidates } from '../../../core/overlap/candidates.ts';
import { isIsolated } from '../../../core/overlap/is-near.ts';
import { directoriesAddedTo, reachOf, removedBelow } from '../../../core/overlap/reach.ts';
import type { Footprint } from '../../../domain/footprint.ts';
import type { RepoPath } from '../../../domain/path.ts';
import { TreeReader } from '../../../git/objects/trees.ts';
import { type Branch, partnerOf } from '../fleet-branch.ts';
import { type FleetContext, unlessMissing } from '../open/context.ts';
import { kinPairs, type Kinship } from '../read-branches.ts';

/** How branches can get into each other's way when they land one after another. */
export class Contacts {
  /** Pairs that come together at all, each once. */
  readonly pairs: readonly Contact[];
  /** Directories that some add to and that may go once others have landed. */
  readonly dissolving: ReadonlySet<string>;
  readonly #reach: ReadonlyMap<string, Footprint>;
  readonly #entangled = new Map<string, Set<string>>();
  readonly #related = new Map<string, Set<string>>();

  constructor(
    reach: ReadonlyMap<string, Footprint>,
    pairs: readonly Contact[],
    dissolving: ReadonlySet<string>,
  ) {
    this.dissolving = dissolving;
    this.#reach = reach;
    this.pairs = [...new Map(pairs.map((pair) => [JSON.stringify(pair.refs), pair])).values()];
    for (const { refs, entangled, related } of pairs)
      for (const known of [
        ...(entangled ? [this.#entangled] : []),
        ...(related ? [this.#related] : []),
      ])
        for (const [one, other] of [refs, [refs[1], refs[0]] as const])
          known.set(one, (known.get(one) ?? new Set()).add(other));
  }

  /** Everything a branch that merges with the base changed since it began. */
  reach(ref: string): Footprint {
    return this.#reach.get(ref)!;
  }

  /** Those with whom a branch has commits in common that the base lacks, where that counts. */
  relatedTo(ref: string): ReadonlySet<string> {
    return this.#related.get(ref) ?? NOBODY;
  }

  /** Those whom a branch can meet in other ways than in files that both changed and kept. */
  entangledWith(ref: string): ReadonlySet<string> {
    return this.#entangled.get(ref) ?? NOBODY;
  }
}

const NOBODY: ReadonlySet<string> = new Set();

/** Two branches that come together. */
export interface Contact {
  /** Sorted. */
  readonly refs: readonly [string, string];
  /** Also in other ways than in files that both changed and kept. */
  readonly entangled: boolean;
  /** They have commits in common that the base lacks, and keep them when they land. */
  readonly related: boolean;
  /** The files that both changed since they began. */
  readonly paths: readonly RepoPath[];
}

export async function readContacts(
  context: FleetContext,
  branches: readonly Branch[],
  kinship: Kinship,
): Promise<Contacts> {
  const refs = branches.map(({ member }) => member.ref);
  const reach = branches.map((branch) => {
    const solo = partnerOf(branch);
    return solo && reachOf(solo.footprint, solo.met, solo.passed);
  });
  const known = new Map(refs.flatMap((ref, at) => (reach[at] ? [[ref, reach[at]]] : [])));
  const kin = kinPairs(context, kinship);
  const related = new Set(kin.map(String));
  const pairs = findCandidates(reach, kin);
  const dissolving = await dissolvingDirectories(context, [...known.values()]);
  return new Contacts(
    known,
    [
      ...pairs.map((pair): Contact => ({
        refs: [refs[pair.a]!, refs[pair.b]!],
        entangled: !isIsolated(pair),
        related: related.has(String([pair.a, pair.b])),
        paths: pair.shared.map(({ path }) => path),
      })),
      ...dissolvingContacts(dissolving, known),
    ],
    dissolving,
  );
}

/**
 * Who adds to a directory that others only together do away with: git may then take it for renamed, and
 * put what is added elsewhere.
 */
function dissolvingContacts(
  dissolving: ReadonlySet<string>,
  reach: ReadonlyMap<string, Footprint>,
): Contact[] {
  const contacts: Contact[] = [];
  for (const directory of dissolving)
    for (const [earlier, of] of reach)
      if (removedBelow(of).has(directory))
        for (const [later, other] of reach)
          if (later !== earlier && directoriesAddedTo(other).has(directory)) {
            const [a, b] = [earlier, later].sort() as [string, string];
            contacts.push({ refs: [a, b], entangled: true, related: false, paths: [] });
          }
  return contacts;
}

/** Directories that some add to, and where as many files are removed as stand there now, or more. */
async function dissolvingDirectories(
  { session, base }: FleetContext,
  reach: readonly Footprint[],
): Promise<Set<string>> {
  const added = new Set(reach.flatMap((of) => [...directoriesAddedTo(of)]));
  const removed = new Map<string, number>();
  for (const of of reach)
    for (const [directory, count] of removedBelow(of))
      if (added.has(directory)) removed.set(directory, (removed.get(directory) ?? 0) + count);
  const tree = new TreeReader(session.reader, base.tree);
  const dissolving = new Set<string>();
  for (const [directory, count] of removed) {
    // A directory that cannot be read is as good as gone: whoever adds to it is merged as a whole.
    const level = await unlessMissing(() => tree.level(directory));
    if (level === null || 'failed' in level || level.size <= count) dissolving.add(directory);
  }
  return dissolving;
}
