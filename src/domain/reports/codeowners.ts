import type { AgentId } from '../ids.ts';
import type { RepoPath } from '../path.ts';

/** `data` of `codeowners`. */
export interface CodeownersData {
  /** Relative to the top of the work tree. */
  readonly file: string;
  /** `same`: it says already what the policy says; `differs`: it was only looked at. */
  readonly state: 'differs' | 'same' | 'written';
  /** The lines between the marks. */
  readonly lines: readonly string[];
  readonly agents: readonly { readonly agent: AgentId; readonly accounts: readonly string[] }[];
  /** How many tracked files were compared one by one. */
  readonly files: number;
  /** Files whose names no line of CODEOWNERS can say. */
  readonly left: readonly RepoPath[];
}
