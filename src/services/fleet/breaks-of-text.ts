import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { compareVersions } from '../semantics/compare-versions.ts';
import { compareNames } from '../semantics/compare-names.ts';
import { NameReader, textsOfCode, writtenByHand } from '../semantics/read-names.ts';
import { textsOfManifests } from '../semantics/read-manifests.ts';
import { readMarks } from '../layout/read-marks.ts';
import { searchNames } from '../semantics/search-names.ts';
import type { ReadText } from '../semantics/read-streams.ts';
import type { ChangedFile } from '../semantics/stream-files.ts';
import { type Branch, partnerOf } from './fleet-branch.ts';
import { mergeFiles } from './lab/merge-files.ts';
import type { FleetContext } from './open/context.ts';
import type { PairMerge } from './pairs/pair-merge.ts';
import { recallNames, rememberNames } from './remembered-names.ts';
import type { FoundBreaks } from '../semantics/found-breaks.ts';

const PHASE = 'comparing names and versions';

/** Names that dangle or stand twice, and versions that are apart, once two branches have landed. */
export async function breaksOfText(
  context: FleetContext,
  branches: readonly Branch[],
  meetings: readonly PairMerge[],
  text: ReadText,
): Promise<FoundBreaks> {
  const { base, lab, session } = context;
  const partners = branches.filter((branch) => partnerOf(branch) !== null);
  if (partners.length < 2) return { breaks: [], whole: true };
  const changes = partners.map((branch) => partnerOf(branch)!.footprint.changes);
  const known = recallNames(context, partners);
  const provide = (texts: readonly Oid[]): Promise<boolean> => lab.absent.provide(texts, PHASE);
  await provide(
    changes.flatMap((some, at) => [
      ...(known[at] ? [] : textsOfCode(some)),
      ...textsOfManifests(some),
    ]),
  );
  const read = await new NameReader(text).read(changes, known);
  rememberNames(context, partners, read);
  const tree = new TreeReader(session.reader, base.tree);
  const apart = conflictsOf(branches, partners, meetings);
  const refs = partners.map(({ member }) => member.ref);
  const fleet = {
    refs,
    changes,
    // Of a branch whose names were remembered, the contents are made again where a name is in doubt.
    text: async (oid: Oid) => (await text(oid)) ?? (await provide([oid]), await text(oid)),
    isHere: (oid: Oid) => lab.isHere(oid),
    conflict: (a: number, b: number) => apart.has(`${Math.min(a, b)} ${Math.max(a, b)}`),
    search: searchNames(lab.repo, base.tree, context.bring),
    blobAt: async (path: RepoPath) => (await tree.entry(path))?.oid ?? null,
    mergedFile: (a: ChangedFile, b: ChangedFile) => mergedFile(context, a, b),
  };
  const marks = await readMarks(
    session.reader,
    tree,
    changes.flat().map(({ path }) => path),
  );
  const names = await compareNames(fleet, writtenByHand(read, marks));
  const versions = await compareVersions(refs, changes, text);
  return { breaks: [...names.breaks, ...versions], whole: names.whole };
}

/** The pairs that do not merge, or of which nobody knows, by the indices of their branches. */
function conflictsOf(
  branches: readonly Branch[],
  partners: readonly Branch[],
  meetings: readonly PairMerge[],
): ReadonlySet<string> {
  const places = new Map(partners.map((branch, at) => [branch, at]));
  return new Set(
    meetings
      .filter(({ conflicts }) => conflicts === null || conflicts.length > 0)
      .map(({ candidate: { a, b } }) =>
        [a, b]
          .map((at) => places.get(branches[at]!)!)
          .sort((x, y) => x - y)
          .join(' '),
      ),
  );
}

/** What one file comes to with both branches; null where attributes of its path may decide. */
async function mergedFile(
  context: FleetContext,
  { before, after: ours }: ChangedFile,
  { after: theirs }: ChangedFile,
): Promise<Oid | null> {
  if (context.drivers || !before || !ours || !theirs) return null;
  const [merged] = await mergeFiles(context, [{ base: before, ours, theirs }], {
    phase: PHASE,
    effects: false,
  });
  if (!merged || 'failed' in merged || merged.kinds.length > 0 || !merged.after) return null;
  await context.lab.absent.provide([merged.after.oid], PHASE);
  return merged.after.oid;
}
