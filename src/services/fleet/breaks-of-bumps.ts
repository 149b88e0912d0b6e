import { bumpWords, unreadPart } from '../../core/versions/bump-words.ts';
import type { SilentBreak } from '../../domain/reports/overlap.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import type { FoundBreaks } from '../semantics/found-breaks.ts';
import { neededBumps, textsOfParts } from '../semantics/needed-bumps.ts';
import { type VersionedPart, versionedParts } from '../semantics/versioned-parts.ts';
import type { ReadText } from '../semantics/read-streams.ts';
import { readMarks } from '../layout/read-marks.ts';
import { searchNames } from '../semantics/search-names.ts';
import { type Branch, partnerOf } from './fleet-branch.ts';
import type { FleetContext } from './open/context.ts';

/** The shared parts whose versions are kept; none without a policy. */
export const versionedPartsOf = ({ session }: FleetContext): VersionedPart[] =>
  session.policy === null ? [] : versionedParts(session.policy.ownership);

const NOTHING: FoundBreaks = { breaks: [], whole: true };

/** Shared parts that a branch takes public names from without a word in their version. */
export async function breaksOfBumps(
  context: FleetContext,
  branches: readonly Branch[],
  text: ReadText,
): Promise<FoundBreaks> {
  const { base, lab, session } = context;
  const parts = versionedPartsOf(context);
  if (parts.length === 0) return NOTHING;
  const tree = new TreeReader(session.reader, base.tree);
  const blobAt = async (path: VersionedPart['version']) => (await tree.entry(path))?.oid ?? null;
  const touching = branches.filter(
    (branch) => textsOfParts(parts, partnerOf(branch)?.footprint.changes ?? []).length > 0,
  );
  if (touching.length === 0) return NOTHING;
  const files = await Promise.all(parts.map(({ version }) => blobAt(version)));
  const read = [
    ...touching.flatMap((branch) => textsOfParts(parts, partnerOf(branch)!.footprint.changes)),
    ...files.filter((oid) => oid !== null),
  ];
  await lab.absent.provide(read, 'comparing names and versions');
  const found: SilentBreak[] = [];
  let whole = true;
  for (const branch of touching) {
    const { ref } = branch.member;
    const { changes } = partnerOf(branch)!.footprint;
    const marks = await readMarks(
      session.reader,
      tree,
      changes.map(({ path }) => path),
    );
    const own = changes.filter(({ path }) => !marks.isGenerated(path) && !marks.isVendored(path));
    const { bumps, unread } = await neededBumps(parts, own, {
      search: searchNames(lab.repo, base.tree, context.bring),
      blobAt,
      text,
    });
    for (const bump of bumps)
      found.push({ code: 'version-bump-needed', refs: [ref], ...bumpWords(bump, ref) });
    if (unread.length > 0)
      found.push({ code: 'version-bump-needed', refs: [ref], ...unreadPart(unread, ref) });
    whole &&= unread.length === 0;
  }
  return { breaks: found, whole };
}
