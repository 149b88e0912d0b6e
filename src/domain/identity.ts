import type { AgentId } from './ids.ts';

/** Where a claim about who is acting came from. */
export type IdentitySource = 'actor' | 'binding' | 'branch' | 'environment' | 'option';

/**
 * How far a claim can be trusted: `verified` (CI actor listed), `bound` (the worktree's binding),
 * `asserted` (a branch name or a variable, which anyone can set).
 */
export type IdentityStrength = 'asserted' | 'bound' | 'verified';

/** One source's answer, as it was found. */
export interface IdentityClaim {
  readonly source: IdentitySource;
  /** What was read, in words: `branch feat/a1/x`, `AGENT_ID=a1`, `--agent a1`. */
  readonly from: string;
  readonly agent: AgentId;
}

/** Who is acting: an agent, someone who is not an agent, or sources that disagree. */
export type Identity =
  | {
      readonly kind: 'agent';
      readonly agent: AgentId;
      readonly strength: IdentityStrength;
      /** All agree; the strongest first. Never empty. */
      readonly claims: readonly IdentityClaim[];
    }
  | {
      readonly kind: 'human';
      /** Said by a person at a terminal, whatever branch and binding say. */
      readonly declared?: true;
    }
  | { readonly kind: 'mismatch'; readonly claims: readonly IdentityClaim[] };

/** The agent acting, or null for someone who is none and for sources that disagree. */
export const agentOf = (identity: Identity): AgentId | null =>
  identity.kind === 'agent' ? identity.agent : null;
