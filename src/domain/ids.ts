/** The id of an agent in `ownership.yml`: `^[a-z][a-z0-9-]{0,31}$`. */
export type AgentId = string & { readonly __brand: 'AgentId' };
/** The name of a lock, which is the name of a shared part; same form as an agent id, `_` allowed. */
export type LockName = string & { readonly __brand: 'LockName' };

const AGENT = /^[a-z][a-z0-9-]{0,31}$/;
const LOCK = /^[a-z][a-z0-9_-]{0,63}$/;
/** Words that mean something else wherever an agent's id may stand. */
const RESERVED = new Set(['all', 'human', 'main', 'none']);

export const parseAgentId = (text: string): AgentId | null =>
  AGENT.test(text) && !RESERVED.has(text) ? (text as AgentId) : null;

export const parseLockName = (text: string): LockName | null =>
  LOCK.test(text) ? (text as LockName) : null;

/** Both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}
