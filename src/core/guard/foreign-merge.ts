import type { Finding } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { type Oid, type RefName, shortRef } from '../../domain/refs.ts';
import { type BranchPlace, hintIn } from './put-back.ts';

/** Commits of another agent's open branch that a branch has taken in. */
export interface ForeignMerge {
  readonly ref: RefName;
  readonly owners: readonly AgentId[];
  /** The commit that brought them in; everything up to it goes, everything after it stays. */
  readonly at: Oid;
  /** What was there before. */
  readonly before: Oid;
  /** The newest of the commits that came along. */
  readonly brought: Oid;
  /** Whether there are merges among the commits after `at`. */
  readonly later: 'line' | 'merges';
}

/** The branch that has taken them in. */
export interface MergingBranch {
  readonly agent: AgentId;
  readonly head: Oid;
  readonly place: BranchPlace;
}

/**
 * What is said about commits of another agent's open branch. They would land with this one, or, taken
 * back in content alone, count as landed and be lost. An agent that works after the other on purpose
 * (`after`) waits.
 */
export function foreignMergeFinding(
  ownership: Ownership,
  branch: MergingBranch,
  merge: ForeignMerge,
): Finding {
  const hint = takeOut(branch, merge);
  return foreignFinding(ownership, branch.agent, merge, hint);
}

/** The same for a merge that is not committed yet. */
export const foreignHeadFinding = (
  ownership: Ownership,
  agent: AgentId,
  merge: Pick<ForeignMerge, 'owners' | 'ref'>,
): Finding =>
  foreignFinding(ownership, agent, merge, hintTo('stop this merge', 'git merge --abort'));

function foreignFinding(
  { agents }: Ownership,
  agent: AgentId,
  { ref, owners }: Pick<ForeignMerge, 'owners' | 'ref'>,
  hint: Hint,
): Finding {
  const after = agents.get(agent)?.after ?? [];
  const finding = { code: 'foreign-merge', agent, owner: owners } as const;
  const of = `${shortRef(ref)}, a branch of ${owners.join(', ')}`;
  if (owners.every((owner) => after.includes(owner)))
    return {
      ...finding,
      severity: 'notice',
      message: `waits for ${of} that it is stacked on: land that one first`,
    };
  return {
    ...finding,
    severity: 'error',
    message: `has commits of ${of} that has not landed: they would land with this one`,
    hint,
  };
}

/**
 * Takes the commit that brought them in out of history, never their content alone. What came after it is
 * put on what was before, merges of it made again; work that is not committed yet stays.
 */
function takeOut({ head, place }: MergingBranch, { at, before, later }: ForeignMerge): Hint {
  const aim = 'take the merge out and keep what came after it';
  if (at !== head) {
    const merges = later === 'merges' ? ' --rebase-merges' : '';
    // Of a branch that is checked out nowhere git does the switching itself.
    return hintIn(place, aim, [`git rebase -q --autostash${merges} --onto ${before} ${at}`]);
  }
  if (place.kind !== 'branch') return hintIn(place, aim, [`git reset --keep ${before}`]);
  return hintTo(aim, `git branch -q -f ${shellQuote(place.branch)} ${before}`);
}
