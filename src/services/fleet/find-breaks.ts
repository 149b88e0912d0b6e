import type { UndoneWork } from '../../core/undo/undone-landings.ts';
import { undoWords } from '../../core/undo/undo-words.ts';
import { compare } from '../../domain/finding.ts';
import type { SilentBreak } from '../../domain/reports/overlap.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { compareMigrations } from '../semantics/compare-migrations.ts';
import type { UndoSearch } from '../semantics/undo-search.ts';
import { findStreamFiles, textsOfStreams } from '../semantics/stream-files.ts';
import { decodeText, textOf } from '../semantics/text-of.ts';
import type { ReadText } from '../semantics/read-streams.ts';
import { breaksOfBumps, versionedPartsOf } from './breaks-of-bumps.ts';
import { breaksOfText } from './breaks-of-text.ts';
import { type Branch, partnerOf, type Solo } from './fleet-branch.ts';
import type { FleetContext } from './open/context.ts';
import type { PairMerge } from './pairs/pair-merge.ts';
import type { FoundBreaks } from '../semantics/found-breaks.ts';

/** What merges without a conflict and breaks all the same, between branches and with the base. */
export async function findBreaks(
  context: FleetContext,
  branches: readonly Branch[],
  meetings: readonly PairMerge[],
  search: UndoSearch,
): Promise<SilentBreak[]> {
  const { memory } = context;
  const name = nameOfBreaks(context, branches);
  const known = memory.recall<SilentBreak[]>(name);
  if (known) return known;
  const [collisions, undone] = await Promise.all([
    breaksOfMigrations(context, branches),
    breaksOfUndo(context, branches, search),
  ]);
  const texts = await breaksOfText(context, branches, meetings, textIn(context));
  const bumps = await breaksOfBumps(context, branches, textIn(context));
  const found = [...collisions.breaks, ...undone.breaks, ...texts.breaks, ...bumps.breaks];
  const sorted = [...found].sort(
    (x, y) =>
      compare(JSON.stringify(x.refs), JSON.stringify(y.refs)) ||
      compare(x.path, y.path) ||
      compare(x.message, y.message),
  );
  // What could not be read may be here next time.
  if (collisions.whole && undone.whole && texts.whole && bumps.whole) memory.store(name, sorted);
  return sorted;
}

/** Everything the answer depends on: what each branch comes to on the base, its name, and the policy's words. */
function nameOfBreaks(context: FleetContext, branches: readonly Branch[]): string {
  const { settings, base, session } = context;
  const registries = session.policy?.ownership.migrations ?? [];
  const rules = registries.map(({ name, paths, number, within }) => [
    name,
    paths.map(({ text }) => text),
    number,
    within,
  ]);
  const versions = versionedPartsOf(context).map(({ name, version, paths }) => [
    name,
    version,
    paths.map(({ text }) => text),
  ]);
  const tips = branches.flatMap((branch) => {
    const solo = partnerOf(branch);
    return solo === null ? [] : [[branch.member.ref, solo.commit.commit]];
  });
  const said = JSON.stringify([rules, versions, tips]);
  return ['silent breaks', settings, base.ref, base.commit, said].join(' ');
}

async function breaksOfMigrations(
  context: FleetContext,
  branches: readonly Branch[],
): Promise<FoundBreaks> {
  const { session, base, lab } = context;
  const partners = branches.filter((branch) => partnerOf(branch) !== null);
  const tree = new TreeReader(session.reader, base.tree);
  const files = await findStreamFiles(
    (path) => tree.level(path),
    session.policy?.ownership.migrations ?? [],
    partners.map((branch) => partnerOf(branch)!.footprint.changes),
  );
  if (files.branches.every((placed) => placed.length === 0)) return { breaks: [], whole: true };
  await lab.absent.provide(textsOfStreams(files), 'reading migrations');
  return compareMigrations(files, textIn(context), {
    base: base.ref,
    refs: partners.map(({ member }) => member.ref),
  });
}

/** Branches that take back what has landed. */
async function breaksOfUndo(
  { base, memory, settings }: FleetContext,
  branches: readonly Branch[],
  search: UndoSearch,
): Promise<FoundBreaks> {
  const undoneBy = async ({ commit, footprint }: Solo): Promise<UndoneWork | null> => {
    const name = ['takes back', settings, base.commit, commit.commit].join(' ');
    const known = memory.recall<UndoneWork | null>(name);
    if (known !== undefined) return known;
    const undone = await search.find(footprint.changes, commit.commit);
    if (search.isWhole) memory.store(name, undone);
    return undone;
  };
  const found = branches.map(async (branch): Promise<SilentBreak[]> => {
    const solo = partnerOf(branch);
    const undone = solo && (await undoneBy(solo));
    if (!undone) return [];
    const { ref } = branch.member;
    const words = undoWords(undone, { branch: ref, base: base.ref });
    return [{ code: 'undoes-landed', refs: [ref], ...words }];
  });
  return { breaks: (await Promise.all(found)).flat(), whole: search.isWhole };
}

/** Contents of the repository, and those that merges of this run have made. */
const textIn =
  ({ lab, session }: FleetContext): ReadText =>
  async (oid) => {
    const made = lab.readMade(oid);
    return made ? decodeText(made) : textOf(session.reader, oid);
  };
