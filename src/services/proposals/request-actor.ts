import { branchAgents } from '../../core/identity/branch-agent.ts';
import { identityFinding } from '../../core/identity/finding.ts';
import type { RequestActor } from '../../core/requests/request-actor.ts';
import { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Identity } from '../../domain/identity.ts';
import { type BranchName, branchOf } from '../../domain/refs.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { identify } from '../session/identify.ts';
import type { PolicySession } from '../session/session.ts';

/** Who decides, and as whom what they apply is judged. */
export interface ActorHere extends RequestActor {
  readonly identity: Identity;
}

/**
 * Who is acting on requests here: an agent, or a person, whom requests for what nobody owns wait for.
 *
 * @returns the finding when the places that say who is acting disagree
 */
export function requestActor(
  session: PolicySession,
  option: string | undefined,
): Result<ActorHere, Finding> {
  const identity = identify(session, { option });
  const finding = identityFinding(session.policy.ownership, identity);
  if (finding !== null) return err(finding);
  return ok(
    identity.kind === 'agent'
      ? { agent: identity.agent, strength: identity.strength, identity }
      : { agent: null, strength: null, identity },
  );
}

/**
 * The branch that is checked out, to which a decider may add a commit: an agent only to its own.
 *
 * @throws Failure `usage` where it may not
 */
export function branchToAddTo(
  { policy, workspace: { location } }: PolicySession,
  { agent }: RequestActor,
): BranchName {
  const branch = location.head === null ? null : branchOf(location.head);
  const there = hintTo(
    'go to a branch of its own',
    `git switch ${agent === null ? '<branch>' : policy.ownership.worktrees.branch.replace('{agent}', agent).replace('{slug}', 'main')}`,
  );
  if (location.top === null || branch === null)
    throw new Failure('usage', 'no branch is checked out here to apply it to', [there]);
  if (agent === null || branchAgents(policy.ownership)(branch).includes(agent)) return branch;
  throw new Failure('usage', `${branch} is not a branch of ${agent}`, [there]);
}
