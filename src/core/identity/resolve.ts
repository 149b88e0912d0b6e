import { Failure } from '../../domain/failure.ts';
import { compare } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type {
  Identity,
  IdentityClaim,
  IdentitySource,
  IdentityStrength,
} from '../../domain/identity.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { BranchName } from '../../domain/refs.ts';
import type { Environment } from '../../domain/repo.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { branchAgents } from './branch-agent.ts';

/** What was read from each place that may say who is acting. Absent places are null or left out. */
export interface IdentityFacts {
  /** `--agent`. */
  readonly option?: string | undefined;
  /** The worktree's binding: `<git-dir>/bailiwick/agent`. */
  readonly binding: string | null;
  /** The branch checked out, or the one a push goes to. */
  readonly branch: BranchName | null;
  readonly environment: Environment;
}

/** Variables that may name the agent, first of all ours. */
export const IDENTITY_VARIABLES = ['BAILIWICK_AGENT', 'AGENT_ID'] as const;

const STRENGTH: Readonly<Record<IdentitySource, IdentityStrength>> = {
  actor: 'verified',
  binding: 'bound',
  branch: 'asserted',
  environment: 'asserted',
  option: 'asserted',
};

const STRONGEST_FIRST: readonly IdentityStrength[] = ['verified', 'bound', 'asserted'];

/**
 * Who is acting. Every place that says something must say the same; nobody wins by being first.
 * A place that names someone the policy does not know is a failure, not a person who may pass.
 */
export function resolveIdentity(
  ownership: Ownership,
  facts: IdentityFacts,
): Result<Identity, Failure> {
  const claims: IdentityClaim[] = [];
  for (const said of spoken(facts)) {
    const agent = agentNamed(ownership, said.name);
    if (agent === null) return err(unknownAgent(ownership, said.from, said.name));
    claims.push({ source: said.source, from: said.from, agent });
  }
  if (facts.branch !== null)
    for (const agent of branchAgents(ownership)(facts.branch))
      claims.push({ source: 'branch', from: `branch ${facts.branch}`, agent });
  return ok(judgeClaims(claims));
}

function judgeClaims(claims: readonly IdentityClaim[]): Identity {
  const rank = (claim: IdentityClaim): number => STRONGEST_FIRST.indexOf(STRENGTH[claim.source]);
  const sorted = [...claims].sort((a, b) => rank(a) - rank(b) || compare(a.from, b.from));
  const first = sorted[0];
  if (!first) return { kind: 'human' };
  if (sorted.some(({ agent }) => agent !== first.agent))
    return { kind: 'mismatch', claims: sorted };
  return { kind: 'agent', agent: first.agent, strength: STRENGTH[first.source], claims: sorted };
}

interface Said {
  readonly source: IdentitySource;
  readonly from: string;
  readonly name: string;
}

function spoken(facts: IdentityFacts): Said[] {
  const said: Said[] = [];
  if (facts.option !== undefined)
    said.push({ source: 'option', from: `--agent ${facts.option}`, name: facts.option });
  if (facts.binding !== null)
    said.push({ source: 'binding', from: "the worktree's binding", name: facts.binding });
  for (const variable of IDENTITY_VARIABLES) {
    const name = facts.environment[variable];
    if (name) said.push({ source: 'environment', from: `${variable}=${name}`, name });
  }
  return said;
}

/** The agent with this id or alias, or null. */
export function agentNamed(ownership: Ownership, name: string): AgentId | null {
  for (const agent of ownership.agents.values())
    if (agent.id === name || agent.aliases.includes(name)) return agent.id;
  return null;
}

function unknownAgent(ownership: Ownership, from: string, name: string): Failure {
  const known = [...ownership.agents.keys()];
  const list = known.slice(0, 12).join(', ') + (known.length > 12 ? ', ...' : '');
  return new Failure('policy', `${from} names '${name}', and no agent of the policy has that id`, [
    hintTo(`act as an agent, use one of: ${list}`),
  ]);
}
