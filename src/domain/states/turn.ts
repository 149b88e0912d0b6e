import type { AgentId } from '../ids.ts';
import { compare } from '../finding.ts';
import { parseRefName, type RefName } from '../refs.ts';

/** Two agents that must not work at the same time, in the order of their ids. */
export type AgentPair = readonly [AgentId, AgentId];

/** Whose turn it is of such two. */
export interface Turn {
  readonly pair: AgentPair;
  /** Null: nobody's. */
  readonly holder: AgentId | null;
  /** The task by which it was taken, or last taken. */
  readonly task: string;
  /** Milliseconds since 1970: when it was taken, or given back. */
  readonly since: number;
  /** True when the remote could not be asked. */
  readonly offline: boolean;
}

export const pairOf = (a: AgentId, b: AgentId): AgentPair => (compare(a, b) < 0 ? [a, b] : [b, a]);

export const TURN_REFS = 'refs/bailiwick/turns/';

/** The ref that holds the turn of two agents; no id has a `+`. */
export function turnRef([a, b]: AgentPair): RefName {
  const ref = parseRefName(`${TURN_REFS}${a}+${b}`);
  if (ref === null) throw new Error(`no ref name for the turn of ${a} and ${b}`);
  return ref;
}
