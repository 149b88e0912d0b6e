import type { IdentityStrength } from '../../domain/identity.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { ChangeRequest } from '../../domain/states/change-request.ts';

/** Why nothing changed: the request is in a state in which that cannot be asked, or somebody else must. */
export type RequestRefusal =
  | 'applied'
  | 'closed'
  | 'expired'
  | 'granted'
  | 'missing'
  | 'no-branch'
  | 'not-asked'
  | 'not-yours'
  | 'own'
  /** Another request has the id. */
  | 'taken';

/** Whoever decides or takes back: an agent, or a person (null). */
export interface RequestActor {
  readonly agent: AgentId | null;
  readonly strength: IdentityStrength | null;
}

/** Whoever decides, and the agents whom the policy names now for the paths. */
export interface RequestDecider extends RequestActor {
  readonly asked: readonly AgentId[];
}

/** What is new in an open request; the rest is what it begins with. */
export type RequestDraft = Omit<
  ChangeRequest,
  'applied' | 'decided' | 'grant' | 'landed' | 'offline' | 'opened' | 'status'
> & { readonly host: string };
