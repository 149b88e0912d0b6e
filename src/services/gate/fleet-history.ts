import { branchAgents } from '../../core/identity/branch-agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import { branchOf, type BranchName, type Oid } from '../../domain/refs.ts';
import { commitsAhead } from '../../git/history/commits-ahead.ts';
import { trackingRef } from '../remote/anchor.ts';
import type { PolicySession } from '../session/session.ts';
import type { OpenGate } from './open-gate.ts';

/** Branches of other agents whose history is looked into; a fleet seldom has more. */
const MOST_BRANCHES = 1000;

/**
 * Brings the history of other agents' open branches into the copy, without files, so that it can be told
 * whose commits came along with one branch. Nothing where that has one commit of its own: what it changes
 * says enough.
 *
 * @returns what cannot be told, in words; null when nothing is open
 */
export async function fetchFleetHistory(
  { copy, session }: OpenGate<PolicySession>,
  {
    agent,
    branch,
    base,
    head,
  }: {
    readonly agent: AgentId;
    readonly branch: BranchName | null;
    readonly base: Oid;
    readonly head: Oid;
  },
): Promise<string | null> {
  const ahead = await commitsAhead(copy.repo, base, [head]);
  if (ahead.length < 2) return null;
  const agentsOf = branchAgents(session.policy.ownership);
  const refs = await copy.list('refs/heads/*');
  const others = [...refs].flatMap(([ref, oid]): [BranchName, Oid][] => {
    const name = branchOf(ref);
    if (name === null || name === branch || oid === head) return [];
    return agentsOf(name).some((owner) => owner !== agent) ? [[name, oid]] : [];
  });
  const chosen = others.slice(0, MOST_BRANCHES);
  await copy.fetchCommits(
    chosen.map(([name]) => ({ from: `refs/heads/${name}`, to: trackingRef(name) })),
  );
  return others.length > chosen.length
    ? `only ${MOST_BRANCHES} of ${others.length} branches of other agents were searched for commits of this one`
    : null;
}
