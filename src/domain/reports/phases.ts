import type { AgentId } from '../ids.ts';

/** Two agents of a policy, and whether they may work at the same time. `a` comes before `b` by id. */
export interface PhasePair {
  readonly a: AgentId;
  readonly b: AgentId;
  readonly together: boolean;
  /** Why they may not; null when they may. */
  readonly reason: string | null;
}
