import { findCandidates } from '../../../core/overlap/candidates.ts';
import { isIsolated } from '../../../core/overlap/is-near.ts';
import { directoriesAddedTo, reachOf, removedBelow } from '../../../core/overlap/reach.ts';
import type { Footprint } from '../../../domain/footprint.ts';
import { TreeReader } from '../../../git/objects/trees.ts';
import { partnerOf } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';
import { kinPairs } from '../read-branches.ts';
import type { FleetSurvey } from '../survey.ts';

/** How branches can get into each other's way when they land one after another. */
export class Contacts {
  /** Pairs of refs that come together at all. */
  readonly touching: readonly (readonly [string, string])[];
  readonly #reach: ReadonlyMap<string, Footprint>;
  /** For each ref those it can meet in other ways than in files that both changed and kept. */
  readonly #entangled = new Map<string, Set<string>>();

  constructor(reach: ReadonlyMap<string, Footprint>, pairs: readonly Contact[]) {
    this.#reach = reach;
    this.touching = pairs.map(({ refs }) => refs);
    for (const { refs, entangled } of pairs)
      if (entangled)
        for (const [one, other] of [refs, [refs[1], refs[0]] as const])
          this.#entangled.set(one, (this.#entangled.get(one) ?? new Set()).add(other));
  }

  /** Everything a branch that merges with the base changed since it began. */
  reach(ref: string): Footprint {
    return this.#reach.get(ref)!;
  }

  /** Whether two branches can meet in other ways than in files that both changed and kept. */
  areEntangled(one: string, other: string): boolean {
    return this.#entangled.get(one)?.has(other) ?? false;
  }
}

interface Contact {
  readonly refs: readonly [string, string];
  readonly entangled: boolean;
}

export async function readContacts(context: FleetContext, survey: FleetSurvey): Promise<Contacts> {
  const refs = survey.branches.map(({ member }) => member.ref);
  const reach = survey.branches.map((branch) => {
    const solo = partnerOf(branch);
    return solo && reachOf(solo.footprint, solo.met);
  });
  const known = new Map(refs.flatMap((ref, at) => (reach[at] ? [[ref, reach[at]]] : [])));
  const pairs = findCandidates(reach, kinPairs(context, survey.kinship));
  return new Contacts(known, [
    ...pairs.map((pair): Contact => ({
      refs: [refs[pair.a]!, refs[pair.b]!],
      entangled: !isIsolated(pair),
    })),
    ...(await dissolvingContacts(context, known)),
  ]);
}

/**
 * Who adds to a directory that others only together do away with: git may then take it for renamed, and
 * put what is added elsewhere.
 */
async function dissolvingContacts(
  context: FleetContext,
  reach: ReadonlyMap<string, Footprint>,
): Promise<Contact[]> {
  const contacts: Contact[] = [];
  for (const directory of await dissolvingDirectories(context, [...reach.values()]))
    for (const [earlier, of] of reach)
      if (removedBelow(of).has(directory))
        for (const [later, other] of reach)
          if (later !== earlier && directoriesAddedTo(other).has(directory))
            contacts.push({ refs: [earlier, later], entangled: true });
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
    const level = await tree.level(directory);
    if (level === null || level.size <= count) dissolving.add(directory);
  }
  return dissolving;
}
