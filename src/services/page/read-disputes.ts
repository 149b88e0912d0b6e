import { disputesIn } from '../../core/overlap/disputes-in.ts';
import type { Entry } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { OverlapData } from '../../domain/reports/overlap.ts';
import type { Dispute } from '../../domain/reports/page.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import type { Branch, Solo } from '../fleet/fleet-branch.ts';
import { mergeFiles } from '../fleet/lab/merge-files.ts';
import type { FileMerge } from '../fleet/lab/merged-file.ts';
import type { FleetContext } from '../fleet/open/context.ts';

/** What two sides could not agree on in one file. */
export interface FileDisputes {
  readonly disputes: readonly Dispute[];
  readonly more: number;
}

/** Files whose lines are shown; those beyond are only named. */
const MOST_FILES = 400;

/** By `disputeKey`; a file is missing where there is nothing to see, or too much. */
export type Disputes = ReadonlyMap<string, FileDisputes>;

/** @param other a ref, or null for the base. */
export const disputeKey = (ref: string, other: string | null, path: string): string =>
  JSON.stringify([ref, other, path]);

interface Wanted {
  readonly key: string;
  readonly merge: FileMerge;
}

/** Merges each file that conflicts once more, alone, and reads what git wrote between the markers. */
export async function readDisputes(
  context: FleetContext,
  branches: readonly Branch[],
  { branches: described, pairs }: OverlapData,
): Promise<Disputes> {
  // Attributes choose by the path how to merge, and a file alone has none.
  if (context.drivers) return new Map();
  const solos = new Map(branches.map(({ member, solo }) => [member.ref, solo]));
  const wanted: Wanted[] = [];
  const want = (key: string, base?: Entry | null, ours?: Entry | null, theirs?: Entry | null) => {
    if (base && ours && theirs && wanted.length < MOST_FILES)
      wanted.push({ key, merge: { base, ours, theirs } });
  };
  const landed: FileMerge[] = [];
  for (const { a, b, conflicts } of pairs)
    for (const { path } of conflicts) {
      const [first, second] = [solos.get(a) ?? null, solos.get(b) ?? null];
      const [ours, theirs] = [changeAt(first, path), changeAt(second, path)];
      want(disputeKey(a, b, path), ours?.before, ours?.after, theirs?.after);
      landed.push(...landingsAt(first, path), ...landingsAt(second, path));
    }
  for (const { ref, conflicts } of described)
    for (const { path } of conflicts) {
      const met = solos.get(ref)?.met.find((file) => file.path === path);
      want(disputeKey(ref, null, path), met?.before, met?.now, met?.after);
    }
  if (wanted.length === 0) return new Map();
  // What git made of a remembered branch is not there any more; the same merge makes the same again.
  await merge(context, landed.slice(0, 2 * MOST_FILES));
  return read(context, wanted);
}

const changeAt = (solo: Solo | null, path: RepoPath) =>
  solo?.footprint.changes.find((change) => change.path === path);

const landingsAt = (solo: Solo | null, path: RepoPath): FileMerge[] =>
  (solo?.met ?? []).flatMap(({ path: met, before, now, after }) =>
    met === path && before && now && after ? [{ base: before, ours: now, theirs: after }] : [],
  );

const merge = (context: FleetContext, files: readonly FileMerge[]) =>
  mergeFiles(context, files, { phase: 'reading the conflicts', effects: false, markers: true });

async function read(context: FleetContext, wanted: readonly Wanted[]): Promise<Disputes> {
  const outcomes = await merge(
    context,
    wanted.map((each) => each.merge),
  );
  const reader = new ObjectReader(context.lab.repo);
  const found = new Map<string, FileDisputes>();
  try {
    for (const [at, outcome] of outcomes.entries()) {
      if ('failed' in outcome || outcome.kinds.length === 0 || !outcome.after) continue;
      const blob = await reader.read(outcome.after.oid);
      if (blob?.type !== 'blob' || blob.data.includes(0)) continue;
      const disputes = disputesIn(blob.data.toString());
      if (disputes.disputes.length > 0) found.set(wanted[at]!.key, disputes);
    }
  } finally {
    await reader.close();
  }
  return found;
}
