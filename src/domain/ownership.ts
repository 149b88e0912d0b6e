import type { AgentId, LockName, PortRange } from './ids.ts';
import type { LandTerms, Targets } from './landing.ts';
import type { Needs } from './validation.ts';
import type { PullRequestRules } from './pull-request-rules.ts';
import type { RepoPath } from './path.ts';
import type { BranchName } from './refs.ts';

/**
 * `ownership.yml` with everything decided: defaults filled in, globs compiled, names resolved.
 * Made only by `core/policy`; the order of the YAML does not matter to anyone who reads it.
 */
export interface Ownership {
  readonly base: BranchName;
  readonly identify: Identify;
  readonly unowned: 'allow' | 'deny' | 'warn';
  /** In the order of their ids. */
  readonly agents: ReadonlyMap<AgentId, Agent>;
  readonly shared: readonly SharedPart[];
  readonly reserved: readonly ReservedPart[];
  /** The guard's own files, frozen unless an agent's `owns` names them; the same in every policy. */
  readonly control: readonly Glob[];
  readonly frozen: readonly Glob[];
  readonly local: readonly Glob[];
  readonly derived: readonly DerivedPart[];
  readonly limits: Limits;
  readonly targets: Targets;
  /** Migrations of the project's own kind, besides the tools that are known. */
  readonly migrations: readonly MigrationRegistry[];
  readonly pullRequests: PullRequestRules;
  readonly phases: PhaseTerms;
  readonly requests: RequestTerms;
  readonly land: LandTerms;
  readonly validation: ValidationTerms;
  readonly worktrees: Worktrees;
  readonly tests: readonly PolicyTest[];
}

/** One compiled glob, and where it was written. */
export interface Glob {
  /** As written, NFC. */
  readonly text: string;
  /** Its place in the file: `agents.a1.owns[0]`; `builtin` for what every policy has. */
  readonly rule: string;
  /**
   * The literal directories every match is in, with a trailing `/`; '' when there are none. The last
   * of them may itself be a match: `src/**` also names `src`.
   */
  readonly prefix: string;
  /** True for exactly the paths the glob names. What grants use. */
  matches(path: RepoPath): boolean;
  /**
   * Takes `foldPath(path)`; true when case or Unicode form differ. Refusals use it *besides*
   * `matches`: folding can change a name's length, so `a?` names `aß` but not its folded `ass`.
   */
  matchesFolded(folded: string): boolean;
}

export interface Identify {
  readonly branches: readonly BranchTemplate[];
  /** What someone is who is not an agent: a `human` (frozen warns, local refuses) or refused outright. */
  readonly unknown: 'deny' | 'human';
}

/** `feat/{agent}/{topic}`: literal text and fields; a field stands for one or more non-`/` characters. */
export interface BranchTemplate {
  readonly text: string;
}

export interface Agent {
  readonly id: AgentId;
  readonly title: string | null;
  /** What `{agent}` may also read as. */
  readonly aliases: readonly string[];
  readonly owns: readonly Glob[];
  readonly except: readonly Glob[];
  readonly forbidden: readonly Glob[];
  /** Accounts whose pull requests may claim this agent; none listed = weak identity. */
  readonly actors: readonly string[];
  readonly validate: readonly string[];
  /** What these commands take of a machine. */
  readonly needs: Needs;
  readonly env: Readonly<Record<string, string>>;
  readonly ports: PortRange | null;
  readonly after: readonly AgentId[];
  readonly notWith: readonly AgentId[];
}

export interface SharedPart {
  readonly name: LockName;
  readonly paths: readonly Glob[];
  readonly agents: readonly AgentId[];
  readonly lock: 'advised' | 'none' | 'required';
  /** How long a lease lasts, in milliseconds. */
  readonly ttl: number;
  /** How long it lasts after the newest commit that waits to land, in milliseconds. */
  readonly review: number;
  /** The file that its version is in; null where none is kept. */
  readonly version: RepoPath | null;
}

export interface ReservedPart {
  readonly name: string;
  readonly paths: readonly Glob[];
  readonly agents: readonly AgentId[];
  readonly reason: string | null;
}

export interface DerivedPart {
  readonly name: string;
  readonly paths: readonly Glob[];
  readonly when: readonly Glob[];
}

/** What `limits.enforce` can name. */
export type LimitName = 'age' | 'behind' | 'lines';

/** Advice, unless named in `enforce`. Null: no limit. */
export interface Limits {
  readonly lines: number | null;
  readonly behind: number | null;
  /** In milliseconds. */
  readonly age: number | null;
  /** Paths whose lines are not counted. */
  readonly exclude: readonly Glob[];
  /** Whether lines of tests are counted. */
  readonly tests: boolean;
  readonly enforce: readonly LimitName[];
}

/** Migrations of the project's own kind, as the policy describes them. */
export interface MigrationRegistry {
  readonly name: string;
  readonly paths: readonly Glob[];
  /** Text with `{number}` in it once; a blank in it stands for any number of blanks. */
  readonly number: string;
  /** Where the number stands: in the names of the files, or in lines of them. */
  readonly within: 'name' | 'text';
}

/** What `after` and `not_with` come to. */
export interface PhaseTerms {
  /** `require` refuses who comes too early; `advise` warns. */
  readonly enforce: 'advise' | 'require';
  /** What opens the phases after an agent: its commands passed, or what passed has landed. */
  readonly opens: 'landed' | 'passed';
}

/** How the commands of `validate` run. */
export interface ValidationTerms {
  /** Milliseconds that each command may take. */
  readonly timeout: number;
}

/** How changes are asked for in the parts of others. */
export interface RequestTerms {
  /** Milliseconds an open request may wait before everybody is told. */
  readonly remind: number;
  /** What the gate wants besides the acceptance: a review by whoever accepted, or their signature under it. */
  readonly proof: 'none' | 'review' | 'signature';
}

export interface Worktrees {
  /** Template of the directory, relative to the main checkout: `../wt-{agent}-{slug}`. */
  readonly path: string;
  readonly branch: string;
  readonly setup: readonly string[];
}

/** A case the policy's author wants to hold; run by `lint`. */
export interface PolicyTest {
  readonly agent: AgentId;
  readonly change: RepoPath;
  readonly expect: PolicyTestOutcome;
  /** Line of the case in `ownership.yml`, from 1. */
  readonly line: number;
}

/** Any refusal is `refused`; the rest are `needs-lock`, which is `lock-needed`, and codes of findings. */
export const POLICY_TEST_OUTCOMES = [
  'allowed',
  'forbidden',
  'frozen',
  'local-only',
  'lock-needed',
  'needs-lock',
  'owned-by-other',
  'refused',
  'reserved',
  'unowned',
] as const;
export type PolicyTestOutcome = (typeof POLICY_TEST_OUTCOMES)[number];
