import type { FindingCode } from '../finding.ts';
import type { Hint } from '../hint.ts';
import type { AgentId } from '../ids.ts';
import type { RepoPath } from '../path.ts';

/** `data` of `owner`: whose each path is, in the order asked. */
export interface OwnerData {
  readonly paths: readonly PathOwner[];
}

/** The layer of the policy that decides about a path; see `docs/ownership.md`. */
export type PathLayer =
  | 'control'
  | 'derived'
  | 'forbidden'
  | 'frozen'
  | 'local'
  | 'owned'
  | 'reserved'
  | 'shared'
  | 'unowned'
  | 'unsafe';

/** Whose one path is, and what that means for whoever asks. */
export interface PathOwner {
  readonly path: RepoPath;
  /** Whether git tracks the path; left out when nobody looked. */
  readonly tracked?: boolean;
  readonly layer: PathLayer;
  /** The rule that decides, as a place in the policy: `agents.a1.owns[0] 'services/**'`. */
  readonly rule: string | null;
  /** Who may change the path, in the order of their ids. */
  readonly owners: readonly AgentId[];
  /** What a change by the acting agent would come to; null when no agent is acting. */
  readonly forAgent: {
    readonly verdict: 'allowed' | 'refused';
    readonly code?: FindingCode;
  } | null;
  /** Why, one sentence, no trailing full stop: `belongs to a1`. */
  readonly reason: string;
  /** What helps, as `To <reach this>, run <command>`. */
  readonly hint: Hint | null;
}
