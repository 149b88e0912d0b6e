import type { Oid } from '../../../domain/refs.ts';
import { type Branch, partnerOf } from '../fleet-branch.ts';
import { contentsOf } from '../lab/merge-files.ts';
import type { FleetContext } from '../open/context.ts';
import { mergeWithBase } from './merge-with-base.ts';

/** Notes what a remembered landing made of single files, so that it can be made again where it is read. */
export function noteMade({ lab }: FleetContext, branch: Branch): void {
  const solo = partnerOf(branch);
  if (!branch.recalled || !solo?.byFiles || solo.made.length === 0) return;
  const made = new Set(solo.made);
  const results = new Map(solo.footprint.changes.map(({ path, after }) => [path, after]));
  for (const { path, before, now, after } of solo.met) {
    const result = results.get(path);
    if (!result || !made.has(result.oid)) continue;
    const merge = { base: before!, ours: now!, theirs: after! };
    lab.absent.note(result.oid, { needs: contentsOf(merge), merge });
  }
}

/**
 * Lands branches as a whole once more whose result was remembered, so that what git wrote for it is here,
 * too. Has to come before anything is merged with their results.
 *
 * @param needs which contents will be read.
 */
export async function makeAgain(
  context: FleetContext,
  branches: readonly Branch[],
  needs: (made: Oid) => boolean,
): Promise<void> {
  const { madeAgain } = context;
  const open = [...new Set(branches)].filter(
    ({ member, recalled, solo }) =>
      recalled && !solo!.byFiles && !madeAgain.has(member.ref) && solo!.made.some(needs),
  );
  for (const { member } of open) madeAgain.add(member.ref);
  // What fails here is missing where it is needed, and is said there.
  await mergeWithBase(
    context,
    open.map((branch) => branch.tip!),
  );
}
