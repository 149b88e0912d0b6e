import type { RepoPath } from '../path.ts';
import type { Problem } from '../problem.ts';
import type { PhasePair } from './phases.ts';

/** `data` of `lint`. */
export interface LintData {
  /** The file as the repository knows it, or as it was typed outside of one; `-` is standard input. */
  readonly file: string;
  /** Sorted by place; see `docs/ownership.md` for each `rule`. */
  readonly problems: readonly LintProblem[];
  /** How many agents the policy has; 0 when it cannot be read. */
  readonly agents: number;
  /** Null outside of a repository, or when the policy cannot be read. */
  readonly coverage: Coverage | null;
  /** Who may work beside whom; left out where every two agents may. */
  readonly phases?: readonly PhasePair[];
  /** Left out when nobody asked, or there is nothing to judge. */
  readonly history?: PastVerdicts;
}

/** How a policy would have judged the past, each commit as one of the agent that fits it best. */
export interface PastVerdicts {
  readonly commits: number;
  /** Some agent could have made it, with the locks it needs. */
  readonly allowed: number;
  /** It changed files that only people may change. */
  readonly people: number;
  /** What the best agent of a refused commit may not change, in most commits first. */
  readonly paths: readonly { readonly path: RepoPath; readonly commits: number }[];
  /** The one glob that, were it shared by all, would let most of the refused commits through. */
  readonly gain: { readonly glob: string; readonly commits: number } | null;
}

export interface LintProblem extends Problem {
  /** The line of the file the problem is in, without its line end; null when it has no place. */
  readonly source: string | null;
}

/** How much of the tracked tree the policy says something about. */
export interface Coverage {
  /** Paths in the index. */
  readonly tracked: number;
  /** Of these, in an agent's own part or in any part the policy names. */
  readonly covered: number;
  /** Of these, paths that nobody owns. */
  readonly unowned: number;
  /** Directories, with a trailing slash, of which nobody owns anything, or single paths; largest first. */
  readonly examples: readonly string[];
}
