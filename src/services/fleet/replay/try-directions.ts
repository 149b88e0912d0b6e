import type { ProbeOutcome } from '../../../core/order/replay/probe.ts';
import type { RepoPath } from '../../../domain/path.ts';
import { type Branch, partnerOf } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';
import type { Contact, Contacts } from './contacts.ts';
import type { Landings } from './landings.ts';

/** What becomes of a pair that was landed both ways round. */
export interface PairDirections {
  /** Sorted. */
  readonly refs: readonly [a: string, b: string];
  /** `b` after `a`. */
  readonly forth: ProbeOutcome;
  /** `a` after `b`. */
  readonly back: ProbeOutcome;
}

/**
 * Lands those pairs both ways for which it can matter who goes first. What two branches do to the base
 * merges the same way whoever lands first; but a branch lands with all it changed since it began, and
 * where the base has taken some of that over, only landing it shows what it meets.
 */
export async function tryDirections(
  context: FleetContext,
  branches: readonly Branch[],
  contacts: Contacts,
  landings: Landings,
): Promise<PairDirections[]> {
  const byRef = new Map(branches.map((branch) => [branch.member.ref, branch]));
  const pairs = contacts.pairs.filter(({ refs, ...contact }) => {
    const [a, b] = refs.map((ref) => byRef.get(ref)!) as [Branch, Branch];
    return directionMatters(context, { refs, ...contact }, a, b);
  });
  const outcomes = await landings.answer(
    pairs.flatMap(({ refs: [a, b] }) => [
      { landed: [a], next: b },
      { landed: [b], next: a },
    ]),
  );
  return pairs.map(({ refs }, at) => ({
    refs,
    forth: outcomes[2 * at]!,
    back: outcomes[2 * at + 1]!,
  }));
}

function directionMatters(
  { options, drivers }: FleetContext,
  { entangled, paths }: Contact,
  a: Branch,
  b: Branch,
): boolean {
  // Both began at the base as it is: each is what it does to the base, and nothing else.
  if (isUpToDate(a) && isUpToDate(b)) return options.land === 'rebase' && !(isOne(a) && isOne(b));
  if (options.land === 'rebase' || drivers || entangled) return true;
  if (!partnerOf(a)!.byFiles || !partnerOf(b)!.byFiles) return true;
  return [a, b].some((branch) => isTakenOverIn(branch, new Set(paths)));
}

const isUpToDate = ({ tip }: Branch): boolean => tip!.history.behind === 0;
const isOne = ({ tip }: Branch): boolean => tip!.history.ahead === 1;

/** Whether the base has taken over some of what the branch did in one of the files. */
const isTakenOverIn = (branch: Branch, paths: ReadonlySet<RepoPath>): boolean =>
  partnerOf(branch)!.takenOver.some((path) => paths.has(path));
