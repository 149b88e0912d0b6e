import type { Problem } from '../problem.ts';

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
