import type { Oid } from '../../domain/refs.ts';
import type { MergeConflict } from '../../domain/reports/overlap.ts';
import type { FleetContext } from './open/context.ts';
import type { Member } from './open/members.ts';
import { readBranches } from './read-branches.ts';
import { AS_IT_IS, type LandedState } from './replay/landed-state.ts';
import { WholeLandings } from './replay/whole.ts';

/** A commit that a landing makes, but for who made it and what it says. */
export interface BuiltCommit {
  readonly tree: Oid;
  /** What is replayed by it; null: it brings the whole branch. */
  readonly replays: Oid | null;
}

/** What one branch brings to the base. */
export type BuiltLanding =
  /** Oldest first; none where it adds nothing. */
  | { readonly kind: 'built'; readonly ref: string; readonly commits: readonly BuiltCommit[] }
  | {
      readonly kind: 'conflict';
      readonly ref: string;
      readonly conflicts: readonly MergeConflict[];
    }
  /** `degraded` of the context says why. */
  | { readonly kind: 'unreadable'; readonly ref: string };

/**
 * Lands branches one after another on the base of the context, each as git does it; up to
 * the first that does not land. With a context that keeps what git makes, every tree is in the repository
 * afterwards.
 */
export async function buildLandings(
  context: FleetContext,
  members: readonly Member[],
): Promise<BuiltLanding[]> {
  const { branches } = await readBranches(context, members);
  const whole = new WholeLandings(
    context,
    new Map(branches.map((branch) => [branch.member.ref, branch])),
  );
  const built: BuiltLanding[] = [];
  let from: LandedState = AS_IT_IS;
  let tree = context.base.tree;
  for (const branch of branches) {
    const { ref } = branch.member;
    const step = { from, branch };
    const [landed] = branch.tip === null ? [] : await whole.land([step]);
    if (landed?.kind === 'stopped')
      return [...built, { kind: 'conflict', ref, conflicts: landed.conflicts }];
    const state = landed?.kind === 'landed' ? await landed.state() : null;
    const now = state && (await whole.treeOf(state));
    if (!state || !now) return [...built, { kind: 'unreadable', ref }];
    const commits =
      context.options.land === 'rebase'
        ? whole
            .replayed(step)
            .filter(({ before, after }) => before !== after)
            .map(({ after, pick }) => ({ tree: after, replays: pick.commit }))
        : [{ tree: now, replays: null }];
    built.push({ kind: 'built', ref, commits: now === tree ? [] : commits });
    [from, tree] = [state, now];
  }
  return built;
}
