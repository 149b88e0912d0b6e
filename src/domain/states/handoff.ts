import type { Failure } from '../failure.ts';
import type { IdentityStrength } from '../identity.ts';
import type { AgentId } from '../ids.ts';
import { type BranchName, type Oid, parseRefName, type RefName } from '../refs.ts';
import type { ValidationVerdict } from '../validation.ts';

/** One command of a handoff as clones share it: what it came to, and a digest of its output, not the output. */
export interface HandoffCommand {
  readonly text: string;
  readonly verdict: ValidationVerdict;
  readonly code: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly milliseconds: number;
  /** Of the end of its output, see `CommandRun`. */
  readonly log: string;
}

/** What was judged, by which commands, and what it came to. */
export interface HandoffRun {
  readonly verdict: ValidationVerdict;
  /** Why it is no pass; null for a pass. */
  readonly reason: string | null;
  readonly commit: Oid;
  readonly tree: Oid;
  /** The commit of the base whose policy has the commands. */
  readonly base: Oid;
  /** Of the commands, see `commandsDigest`. */
  readonly digest: string;
  readonly commands: readonly HandoffCommand[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly host: string;
  readonly strength: IdentityStrength | null;
}

/** The last run that passed: what opens the phases that come after. */
export type HandoffPass = Pick<HandoffRun, 'at' | 'commit' | 'digest' | 'tree'>;

/** A tip that a rollback has taken off the branch. The state keeps the commit. */
export interface AbandonedTip {
  readonly tip: Oid;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What `refs/bailiwick/handoffs/<agent>` says. All earlier verdicts are in the history of the ref. */
export interface Handoff {
  readonly agent: AgentId;
  readonly branch: BranchName;
  readonly last: HandoffRun;
  /** A later failure leaves it. */
  readonly passed: HandoffPass | null;
  readonly abandoned: AbandonedTip | null;
  /** True when the remote could not be asked. */
  readonly offline: boolean;
}

/** A handoff as it was read; a failure is there and cannot be read, so it opens nothing. */
export type HandoffReading = Failure | Handoff | null;

export const HANDOFF_REFS = 'refs/bailiwick/handoffs/';

/** The ref that holds the handoff of an agent; every id is a valid last part of a ref name. */
export function handoffRef(agent: AgentId): RefName {
  const ref = parseRefName(`${HANDOFF_REFS}${agent}`);
  if (ref === null) throw new Error(`no ref name for the handoff of ${agent}`);
  return ref;
}
