import { compare, type Finding } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { Identity, IdentityClaim, IdentitySource } from '../../domain/identity.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { Account, PullRequest } from '../../domain/pull-request.ts';
import { branchAgents } from './branch-agent.ts';

/** What of a pull request says whose it is. */
export type PullRequestOrigin = Pick<PullRequest, 'author' | 'branch' | 'own'>;

/** Who a pull request is judged as, and what is wrong where that is not clear. */
export interface PullRequestIdentity {
  readonly identity: Identity;
  /** Set if and only if the identity is a mismatch. */
  readonly finding: Finding | null;
}

/**
 * Who a pull request's changes are judged as. The branch name claims an agent; the author's account
 * proves it where the policy lists it in `actors`. Where an agent lists accounts, no other may open
 * its pull requests. The name of a branch in a fork says nothing, because anyone may name one there; the
 * account of an agent is that agent's wherever its work comes from.
 */
export function identifyPullRequest(
  ownership: Ownership,
  { author, branch, own }: PullRequestOrigin,
): PullRequestIdentity {
  const said = branch === null ? [] : branchAgents(ownership)(branch);
  const named = own ? said : [];
  const listed = agentsOfAccount(ownership, author);
  // One account may stand for several agents; the branch then says for which.
  const proven = said.length === 1 && listed.includes(said[0]!) ? said : listed;
  const claims = [
    ...proven.map(claimOf('actor', `the account ${author.login}`)),
    ...named.map(claimOf('branch', `branch ${branch}`)),
  ];
  const [first] = claims;
  if (!first) return { identity: { kind: 'human' }, finding: null };
  if (claims.some(({ agent }) => agent !== first.agent)) return disagreement(claims);
  if (first.source === 'branch' && actorsOf(ownership, first.agent).length > 0)
    return stranger(author, first);
  const strength = first.source === 'actor' ? 'verified' : 'asserted';
  return { identity: { kind: 'agent', agent: first.agent, strength, claims }, finding: null };
}

const claimOf =
  (source: IdentitySource, from: string) =>
  (agent: AgentId): IdentityClaim => ({ source, from, agent });

const actorsOf = (ownership: Ownership, agent: AgentId): readonly string[] =>
  ownership.agents.get(agent)?.actors ?? [];

/** The agents an account may act for, sorted. GitHub compares logins without regard to case. */
export function agentsOfAccount(ownership: Ownership, { id, login }: Account): AgentId[] {
  const names = [login.toLowerCase(), `id:${id}`];
  const agents = [...ownership.agents.values()].filter(({ actors }) =>
    actors.some((actor) => names.includes(actor.toLowerCase())),
  );
  return agents.map((agent) => agent.id).sort(compare);
}

function disagreement(claims: readonly IdentityClaim[]): PullRequestIdentity {
  const said = claims.map(({ from, agent }) => `${from} says ${agent}`).join(', ');
  return mismatch(
    claims,
    `it is not clear whose this pull request is: ${said}`,
    hintTo(
      'make it clear, open it from a branch of the agent it is for, by an account of that agent',
    ),
  );
}

function stranger({ login }: Account, claim: IdentityClaim): PullRequestIdentity {
  const { agent, from } = claim;
  return mismatch(
    [claim],
    `${from} says ${agent}, and ${login} is none of the accounts that may open its pull requests`,
    hintTo(`let ${login} act for ${agent}, list it in agents.${agent}.actors of ownership.yml`),
  );
}

const mismatch = (
  claims: readonly IdentityClaim[],
  message: string,
  hint: Hint,
): PullRequestIdentity => ({
  identity: { kind: 'mismatch', claims },
  finding: { code: 'identity-mismatch', severity: 'error', agent: null, message, hint },
});
