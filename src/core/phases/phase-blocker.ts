import { Failure } from '../../domain/failure.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { HandoffReading } from '../../domain/states/handoff.ts';

/** Where the commit that passed is now. `tree`: a branch has its tree, in another commit. */
export type PassPlace = 'base' | 'branch' | 'gone' | 'tree';

/** What is known of one agent that others come after. */
export interface HandoffFacts {
  /** It has commands that could pass. */
  readonly canHandOff: boolean;
  /** Of its commands, as the policy has them now. */
  readonly digest: string;
  readonly reading: HandoffReading;
  /** Null where there is no pass. */
  readonly place: PassPlace | null;
}

/** Why one agent keeps another's phase closed. */
export type PhaseObstacle =
  | 'failed'
  | 'gone'
  | 'never'
  | 'no-commands'
  | 'not-landed'
  | 'stale'
  | 'unreadable'
  | 'working';

/** One agent that keeps a phase closed. */
export interface PhaseBlocker {
  readonly agent: AgentId;
  readonly because: PhaseObstacle;
  /** Milliseconds since 1970: when it began; null where there is no such moment. */
  readonly since: number | null;
}

/** Whether an agent has handed off, so that those after it may go on; null when it has. */
export function handoffObstacle(
  { canHandOff, digest, reading, place }: HandoffFacts,
  opens: Ownership['phases']['opens'],
): PhaseObstacle | null {
  if (reading instanceof Failure) return 'unreadable';
  if (reading === null) return canHandOff ? 'never' : 'no-commands';
  const { passed } = reading;
  if (passed === null) return reading.last.verdict === 'fail' ? 'failed' : 'never';
  if (passed.digest !== digest) return canHandOff ? 'stale' : 'no-commands';
  if (place === 'gone' || place === null) return 'gone';
  return opens === 'landed' && place !== 'base' ? 'not-landed' : null;
}

/** Who must work at other times than an agent: `not_with` holds in both directions. */
export const keptApart = ({ agents }: Ownership, id: AgentId): AgentId[] =>
  [...agents.values()]
    .filter(
      (other) =>
        other.id !== id &&
        (other.notWith.includes(id) || agents.get(id)?.notWith.includes(other.id) === true),
    )
    .map((other) => other.id);

/** True when something of the policy's phases may close an agent's: then its commits need the full check. */
export const hasPhase = (ownership: Ownership, id: AgentId): boolean =>
  (ownership.agents.get(id)?.after.length ?? 0) > 0 || keptApart(ownership, id).length > 0;
