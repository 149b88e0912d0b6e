import { foreignMergeFinding } from '../../core/guard/foreign-merge.ts';
import { type Finding, sortFindings } from '../../domain/finding.ts';
import type { Hint } from '../../domain/hint.ts';
import type { Identity } from '../../domain/identity.ts';
import { type BranchName, branchRef, type Oid, shortRef } from '../../domain/refs.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { requireBase } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import { branchChanges, lineTo } from './branch-changes.ts';
import { foreignMerges } from './foreign-merges.ts';
import { judge } from './judge.ts';
import { landedTips } from './landed-tips.ts';
import { limitAdvice } from './limit-advice.ts';

/** A branch that is to land on the base. */
export interface BranchToJudge {
  readonly head: Oid;
  /** Null for what is not a branch: an oid, a tag. */
  readonly branch: BranchName | null;
  /** As people call it. */
  readonly name: string;
}

export interface BranchJudgement {
  readonly findings: readonly Finding[];
  readonly remedy: Hint | null;
  readonly notices: readonly string[];
  /** How many paths were judged. */
  readonly changes: number;
}

/**
 * Judges what landing a branch would change, and whose commits came along: what the push hook and
 * `check --branch` have in common. Commits of another's open branch are one finding; what they change is
 * not blamed on this one a second time.
 */
export async function judgeBranch(
  session: PolicySession,
  identity: Identity,
  { head, branch, name }: BranchToJudge,
): Promise<BranchJudgement> {
  const { policy, reader } = session;
  const base = requireBase(policy);
  const landed = landedTips(session, branch);
  // Waited for where it is needed; it must not be unheard of if something else fails before.
  landed.catch(() => undefined);
  const line = await lineTo(session, base.commit, head);
  const agent = identity.kind === 'agent' ? identity.agent : null;
  const foreign =
    agent === null || line !== null
      ? []
      : await foreignMerges(session, {
          agent,
          branch,
          base: base.commit,
          head,
          landed: await landed,
        });
  const apart = foreign.map(({ ref, brought }) => ({ ref, oid: brought, local: false }));
  const against = {
    commit: base.commit,
    name: shortRef(base.ref),
    landed: landed.then((tips) => [...tips, ...apart]),
    line,
  };
  const facts = await branchChanges(session, against, head);
  const [judged, advice, own] = await Promise.all([
    judge(session, identity, facts),
    limitAdvice(session, identity, { name, head, facts }),
    Promise.all(
      ['HEAD', ...(branch === null ? [] : [branchRef(branch)])].map((ref) =>
        readCommitTree(reader, ref),
      ),
    ),
  ]);
  const merging = {
    head,
    branch: own[1]?.commit === head ? branch : null,
    here: own[0]?.commit === head,
  };
  const came =
    agent === null
      ? []
      : foreign.map((merge) => foreignMergeFinding(policy.ownership, { ...merging, agent }, merge));
  const first = came.find(({ severity, hint }) => severity === 'error' && hint?.command);
  return {
    findings: sortFindings([...came, ...judged.findings, ...advice]),
    remedy: first?.hint ?? judged.remedy,
    notices: facts.notices,
    changes: facts.changes.length,
  };
}
