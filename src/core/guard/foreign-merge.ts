import type { Finding } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { RequestId } from '../../domain/states/change-request.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { type Oid, type RefName, shortRef } from '../../domain/refs.ts';
import { type BranchPlace, hintIn } from './remedies/put-back.ts';

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
  /** A merge brought them in; else the branch was begun on them, or moved onto them. */
  readonly merged: boolean;
  /** False where history alone does not say which of the two branches is built on the other. */
  readonly certain: boolean;
  /** The request by which the two land only together. */
  readonly together?: RequestId;
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
  const { before, brought, certain } = merge;
  const see = hintTo('see whose they are', `git log --oneline ${before}..${brought}`);
  const finding = foreignFinding(
    ownership,
    branch.agent,
    merge,
    certain ? takeOut(branch, merge) : see,
  );
  if (certain || finding.severity !== 'error') return finding;
  // One of the two is built on the other: what the commits change decides.
  return {
    ...finding,
    severity: 'warning',
    message: `has commits in common with ${ofOwners(merge)}`,
  };
}

/** Whether what the commits change is the other branch's to answer for: for certain, or by `after`. */
export const isAnsweredFor = (
  ownership: Ownership,
  agent: AgentId,
  { certain, owners, together }: Pick<ForeignMerge, 'certain' | 'owners' | 'together'>,
): boolean => certain || together !== undefined || waitsFor(ownership, agent, owners);

const waitsFor = ({ agents }: Ownership, agent: AgentId, owners: readonly AgentId[]): boolean =>
  owners.every((owner) => agents.get(agent)?.after.includes(owner));

/** The same for a merge that is not committed yet. */
export const foreignHeadFinding = (
  ownership: Ownership,
  agent: AgentId,
  merge: Pick<ForeignMerge, 'owners' | 'ref' | 'together'>,
): Finding =>
  foreignFinding(ownership, agent, merge, hintTo('stop this merge', 'git merge --abort'));

function foreignFinding(
  ownership: Ownership,
  agent: AgentId,
  { ref, owners, together }: Pick<ForeignMerge, 'owners' | 'ref' | 'together'>,
  hint: Hint,
): Finding {
  const finding = { code: 'foreign-merge', agent, owner: owners } as const;
  const of = ofOwners({ ref, owners });
  if (together !== undefined)
    return {
      ...finding,
      severity: 'notice',
      message: `lands only together with ${of}, as request ${together} says`,
    };
  if (waitsFor(ownership, agent, owners))
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

const ofOwners = ({ ref, owners }: Pick<ForeignMerge, 'owners' | 'ref'>): string =>
  `${shortRef(ref)}, a branch of ${owners.join(', ')}`;

/**
 * Takes the commit that brought them in out of history, never their content alone. What came after it is
 * put on what was before, merges of it made again; work that is not committed yet stays.
 */
function takeOut({ head, place }: MergingBranch, merge: ForeignMerge): Hint {
  const { at, before, later, merged } = merge;
  const aim = merged
    ? 'take the merge out and keep what came after it'
    : 'take these commits out and keep what came after them';
  if (at !== head) {
    const merges = later === 'merges' ? ' --rebase-merges' : '';
    return hintIn(place, aim, [`git rebase -q --autostash${merges} --onto ${before} ${at}`]);
  }
  return hintIn(place, aim, [`git reset --keep ${before}`]);
}
