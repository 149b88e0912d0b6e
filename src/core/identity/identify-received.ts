import { compare } from '../../domain/finding.ts';
import type { Identity, IdentityClaim } from '../../domain/identity.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { BranchName } from '../../domain/refs.ts';
import type { Environment } from '../../domain/repo.ts';
import { branchAgents } from './branch-agent.ts';

/**
 * What servers tell their hooks of the account that pushes, first of all the most particular: gitolite,
 * Gitea and Forgejo, GitLab, and whatever web server starts `git http-backend`.
 */
const ACCOUNT_VARIABLES = ['GL_USER', 'GITEA_PUSHER_NAME', 'GL_USERNAME', 'REMOTE_USER'] as const;

/** The account that pushes, as far as the server says; null where it does not. */
export const pushingAccount = (environment: Environment): string | null =>
  ACCOUNT_VARIABLES.map((name) => environment[name]).find(Boolean) ?? null;

/**
 * The agent that pushes: the one whose `actors` list the account, and where several do, the one whose
 * branch it is. Null for a person, and where the server tells no account. Nothing that a client could say
 * of itself counts.
 */
export function agentOfAccount(
  ownership: Ownership,
  account: string | null,
  branch: BranchName | null,
): AgentId | null {
  if (account === null) return null;
  const listed = [...ownership.agents.values()]
    .filter(({ actors }) => actors.some((actor) => actor.toLowerCase() === account.toLowerCase()))
    .map(({ id }) => id)
    .sort(compare);
  const named = branch === null ? [] : branchAgents(ownership)(branch);
  return listed.find((agent) => named.includes(agent)) ?? listed[0] ?? null;
}

/**
 * Whom the work on a branch is judged as: whose branch it is, else who pushes. The account proves it;
 * a branch alone says it.
 */
export function identifyReceived(
  ownership: Ownership,
  account: string | null,
  branch: BranchName | null,
): Identity {
  const pusher = agentOfAccount(ownership, account, branch);
  const claims: IdentityClaim[] = [
    ...(pusher === null
      ? []
      : [{ source: 'actor', from: `the account ${account}`, agent: pusher } as const]),
    ...(branch === null ? [] : branchAgents(ownership)(branch)).map(
      (agent) => ({ source: 'branch', from: `branch ${branch}`, agent }) as const,
    ),
  ];
  const [first] = claims;
  if (first === undefined) return { kind: 'human' };
  if (claims.some(({ agent }) => agent !== first.agent)) return { kind: 'mismatch', claims };
  const strength = first.source === 'actor' ? 'verified' : 'asserted';
  return { kind: 'agent', agent: first.agent, strength, claims };
}
