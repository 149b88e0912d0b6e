import type { RefusedCommits, StatusSubject } from '../../core/status/status-subject.ts';
import type { TipExtent, Tips } from '../../core/status/tip-extent.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { branchRef } from '../../domain/refs.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { judge } from '../guard/judge.ts';
import { judgeBranch } from '../guard/judge-branch.ts';
import { bypassAdvice } from '../guard/passed-commits.ts';
import type { PolicySession } from '../session/session.ts';

/** A row with what is wrong with its commits: what only the push would say is said before it. */
export async function judgeCommits(
  session: PolicySession,
  subject: StatusSubject,
  tips: Tips,
): Promise<StatusSubject> {
  const { branch, head, identity } = subject;
  const tip = head === null ? undefined : tips.get(head);
  if (identity.kind !== 'agent' || tip === undefined || typeof tip === 'string') return subject;
  if (tip.ahead === 0) return subject;
  try {
    const committed = (await isSuspicious(session, subject, tip))
      ? await judgeAsPushed(session, subject)
      : null;
    const bypassed = await bypassAdvice(session, identity, { branch, head: head! });
    return { ...subject, committed, bypassed };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...subject, failure: subject.failure ?? error };
  }
}

/**
 * Whether it is worth trying the merge, which costs several processes: something it did is outside its
 * part, or its commits are in another branch as well.
 */
async function isSuspicious(
  session: PolicySession,
  { identity }: StatusSubject,
  { changes, shared }: TipExtent,
): Promise<boolean> {
  if (shared) return true;
  const { base } = session.policy;
  const before = base && new TreeReader(session.reader, base.tree);
  const facts = { changes, before, situation: { kind: 'branch' } } as const;
  const { findings } = await judge(session, identity, facts);
  return findings.some(({ severity }) => severity === 'error');
}

async function judgeAsPushed(
  session: PolicySession,
  { identity, branch, head }: StatusSubject,
): Promise<RefusedCommits | null> {
  const name = branch ?? head!.slice(0, 10);
  const local = branch === null ? null : branchRef(branch);
  const judged = await judgeBranch(session, identity, { head: head!, branch, local, name });
  const findings = judged.findings.filter(({ severity }) => severity === 'error');
  if (findings.length === 0) return null;
  return {
    findings: findings.map((finding) => ({
      ...finding,
      message: `committed on ${name}: ${finding.message}`,
    })),
    hint:
      judged.remedy === null || judged.remedy.command === null
        ? hintTo('see what would be refused', `bailiwick check --branch ${shellQuote(name)}`)
        : judged.remedy,
  };
}
