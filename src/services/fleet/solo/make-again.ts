import type { Oid } from '../../../domain/refs.ts';
import type { Branch } from '../fleet-branch.ts';
import { mergeFiles } from '../lab/merge-files.ts';
import type { FleetContext } from '../open/context.ts';
import { mergeWithBase } from './merge-with-base.ts';

/**
 * Lands branches once more whose result was remembered, so that what git wrote for it is here, too. Has
 * to come before anything is merged with their results.
 *
 * @param needs which contents will be read; without it, all of them.
 */
export async function makeAgain(
  context: FleetContext,
  branches: readonly Branch[],
  needs: (branch: Branch, made: Oid) => boolean = () => true,
): Promise<void> {
  const { lab, base, madeAgain } = context;
  const open = [...new Set(branches)].filter(
    (branch) =>
      branch.recalled &&
      !madeAgain.has(branch.member.ref) &&
      branch.solo!.made.some((oid) => needs(branch, oid)),
  );
  for (const { member } of open) madeAgain.add(member.ref);
  const phase = `merging each branch with ${base.ref}`;
  const byFiles = open.filter(({ solo }) => solo!.byFiles);
  await mergeFiles(
    lab,
    byFiles.flatMap(({ solo }) =>
      solo!.met.map(({ before, now, after }) => ({ base: before!, ours: now!, theirs: after! })),
    ),
    { phase, effects: false },
  );
  // What fails here is missing where it is needed, and is said there.
  await mergeWithBase(
    context,
    open.filter((branch) => !byFiles.includes(branch)).map(({ tip }) => tip!),
  );
}
