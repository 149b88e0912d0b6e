import { renamesCutShort } from '../../git/merge/merge-process.ts';
import type { Branch } from './fleet-branch.ts';
import type { FleetContext } from './open/context.ts';
import type { PairMerge } from './pairs/pair-merge.ts';

/** What of a survey must not be believed, because git gave up looking for renames. */
export interface Doubts {
  readonly branches: ReadonlySet<Branch>;
  readonly meetings: ReadonlySet<PairMerge>;
}

/**
 * Beyond `merge.renameLimit` files git treats renames as deletions and reports conflicts that are
 * none. It says so once, not for which merge; so when it does, each conflict of this run is merged
 * once more by itself.
 */
export async function doubtRenames(
  context: FleetContext,
  branches: readonly Branch[],
  meetings: readonly PairMerge[],
): Promise<Doubts> {
  const doubts = { branches: new Set<Branch>(), meetings: new Set<PairMerge>() };
  if (!(await context.lab.hasCutShort())) return doubts;
  // Merges to come are not to be doubted for those that were.
  await context.lab.settle();
  for (const branch of branches) {
    if (branch.recalled || branch.solo?.standing !== 'conflict') continue;
    if (!(await landingIsCutShort(context, branch))) continue;
    doubts.branches.add(branch);
    reportDoubt(context, [branch.member.ref], `with ${context.base.ref}`);
  }
  for (const meeting of meetings) {
    const { candidate, conflicts, source } = meeting;
    if (typeof source === 'string' || !conflicts?.length) continue;
    if (!(await renamesCutShort(context.lab.repo, source))) continue;
    doubts.meetings.add(meeting);
    const refs = [candidate.a, candidate.b].map((at) => branches[at]!.member.ref);
    reportDoubt(context, refs, 'with each other');
  }
  return doubts;
}

async function landingIsCutShort(
  { lab, stoppedBy }: FleetContext,
  { tip }: Branch,
): Promise<boolean> {
  const request = stoppedBy.get(tip!.commit.commit);
  return request !== undefined && renamesCutShort(lab.repo, request);
}

/** Says that git gave up looking for renames; `what` completes "may or may not conflict". */
export function reportDoubt(
  { degraded }: FleetContext,
  refs: readonly string[],
  what: string,
): void {
  const message =
    `too many files were renamed for git to follow: ${refs.join(' and ')} ` +
    `may or may not conflict ${what}; --rename-limit makes it look further`;
  degraded.push({ kind: 'rename-limit', refs, message });
}
