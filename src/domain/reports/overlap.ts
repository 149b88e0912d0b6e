import type { FindingCode, Severity } from '../finding.ts';
import type { Hint } from '../hint.ts';
import type { AgentId } from '../ids.ts';
import type { OverlapLevel } from '../landing.ts';
import type { RepoPath } from '../path.ts';
import type { Oid } from '../refs.ts';

/**
 * How a branch stands to the base: `merged` adds nothing to it, `unreadable` could not be judged and
 * is explained in `degraded`.
 */
export type BaseStanding = 'clean' | 'conflict' | 'merged' | 'unreadable';

/** First and last line of the base, from 1; for an insertion, twice the line it comes after. */
export type LineRange = readonly [first: number, last: number];

/** What git says about one thing it could not merge. */
export interface MergeConflict {
  /** git's stable name: `CONFLICT (contents)`, `CONFLICT (modify/delete)`, ...; git-merge-tree(1). */
  readonly kind: string;
  /** The paths it is about, the one that holds the trouble first. */
  readonly paths: readonly RepoPath[];
}

export interface OverlapConflict {
  readonly path: RepoPath;
  /** As in `MergeConflict`. */
  readonly kind: string;
  /** Where the base's text is disputed; absent where it is not a matter of lines. */
  readonly lines?: readonly LineRange[];
  /** A lockfile, changelog or manifest: made again by a command instead of by thought. */
  readonly mechanical: boolean;
}

export interface OverlapBranch {
  /** As git abbreviates it: `feat/a1/x`. */
  readonly ref: string;
  readonly oid: Oid;
  readonly agent: AgentId | null;
  /** Commits the base does not have. */
  readonly ahead: number;
  /** Commits of the base the branch does not have. */
  readonly behind: number;
  /** Files that differ from the base once merged. */
  readonly files: number;
  /** Lines removed and added in them. */
  readonly lines: number;
  readonly base: BaseStanding;
  readonly paths: readonly RepoPath[];
  /** With the base; empty unless `base` is `conflict`. */
  readonly conflicts: readonly OverlapConflict[];
  /** Set where uncommitted work was judged too. */
  readonly uncommitted?: true;
}

/** A file where two branches come so close that a merge could fail. */
export interface NearFile {
  readonly path: RepoPath;
  /** Where, in the base; absent where it is not a matter of lines. */
  readonly lines?: readonly LineRange[];
}

/** Two branches that share something. `a` is before `b` by string order. */
export interface OverlapPair {
  readonly a: string;
  readonly b: string;
  readonly level: OverlapLevel;
  /** Paths both change, sorted. Empty where they collide without sharing one. */
  readonly paths: readonly RepoPath[];
  /** Those of `paths` where their lines overlap or are adjacent, or cannot be told apart. */
  readonly near: readonly NearFile[];
  /** Empty unless `level` is `conflict`. */
  readonly conflicts: readonly OverlapConflict[];
  /** Set where the two conflict one way round only: `later` after `earlier`, never the other way. */
  readonly oneWay?: OneWay;
  /** Set where both do the same to the base: landing one leaves the other empty. */
  readonly identical?: true;
}

/** A conflict with a direction: it stops `later` once `earlier` has landed, and not the other way round. */
export interface OneWay {
  readonly earlier: string;
  readonly later: string;
}

/** Something that could not be decided as it should be; never silent, never called clean. */
export interface Degraded {
  readonly kind:
    | 'broken-ref'
    | 'git-failed'
    | 'missing-object'
    | 'no-common-history'
    | 'rename-limit'
    | 'shallow'
    | 'too-large';
  /** The branches it is about: one, the two of a pair, or all that share a file. */
  readonly refs: readonly string[];
  /** One sentence, no trailing full stop. */
  readonly message: string;
  /** Absent where nothing is known to help. */
  readonly hint?: Hint;
}

/** Something no merge notices and a person should. */
export type OverlapHint = CaseHint | PolicyHint;

/** A policy that does not count yet and would give another answer. */
export interface PolicyHint {
  readonly kind: 'policy';
  /** Which file it is, in words. */
  readonly place: string;
  /** `agents.a3.after`; sorted. */
  readonly keys: readonly string[];
  readonly message: string;
}

/** Two names that differ by case or Unicode form alone. */
export interface CaseHint {
  readonly kind: 'case-only';
  readonly refs: readonly [a: string, b: string];
  readonly paths: readonly [a: RepoPath, b: RepoPath];
  readonly message: string;
}

/** Something that merges without a conflict and does not work once it has landed. */
export interface SilentBreak {
  readonly code: Extract<
    FindingCode,
    | 'dangling-name'
    | 'duplicate-name'
    | 'migration-collision'
    | 'undoes-landed'
    | 'version-bump-needed'
    | 'version-drift'
  >;
  readonly severity: Severity;
  /** The branches it is about: one that breaks with the base, or two that break together, sorted. */
  readonly refs: readonly string[];
  /** Where to look first. */
  readonly path: RepoPath;
  readonly message: string;
  readonly hint?: Hint;
}

export interface OverlapStats {
  readonly branches: number;
  /** Pairs of branches that merge cleanly with the base. */
  readonly pairs: number;
  /** Pairs that could collide and were looked into. */
  readonly candidates: number;
  /** Merges made by git in this run. */
  readonly merges: number;
  /** Merges whose result was remembered. */
  readonly cached: number;
  /** Whole milliseconds. */
  readonly ms: number;
}

/** `data` of `overlap`. */
export interface OverlapData {
  readonly base: { readonly ref: string; readonly oid: Oid };
  /** Sorted by ref. */
  readonly branches: readonly OverlapBranch[];
  /** Sorted by `a`, then `b`. */
  readonly pairs: readonly OverlapPair[];
  /** Sorted by refs, then path. */
  readonly breaks: readonly SilentBreak[];
  readonly hints: readonly OverlapHint[];
  readonly degraded: readonly Degraded[];
  readonly stats: OverlapStats;
}

/** Where and what: `src/a.ts lines 6-7, 40`, `src/b.ts (modify/delete)`. Not escaped. */
export function conflictPlace(conflict: OverlapConflict): string {
  const { path, kind, lines } = conflict;
  if (lines || kind === 'CONFLICT (contents)') return filePlace(conflict);
  return `${path} ${/\(.*\)/.exec(kind)?.[0] ?? kind}`;
}

/** More places in one file than this say no more than how many there are. */
const MOST_RANGES = 4;

/** `src/a.ts line 6`, `src/a.ts lines 6-7, 40`, `src/a.ts lines 6, 8, 10, 12 and 7 more`, `src/a.ts`. Not escaped. */
export function filePlace({ path, lines = [] }: NearFile): string {
  if (lines.length === 0) return path;
  const ranges = lines.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  const one = lines.length === 1 && lines[0]![0] === lines[0]![1];
  const more = ranges.length > MOST_RANGES ? ` and ${ranges.length - MOST_RANGES} more` : '';
  return `${path} ${one ? 'line' : 'lines'} ${ranges.slice(0, MOST_RANGES).join(', ')}${more}`;
}
