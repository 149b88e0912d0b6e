import type { Hint } from '../hint.ts';
import type { AgentId } from '../ids.ts';
import type { RepoPath } from '../path.ts';
import type { Oid } from '../refs.ts';
import type { OrderCost, OrderWait } from './order.ts';
import type { BaseStanding, LineRange } from './overlap.ts';
import type { PathLayer } from './owner.ts';
import type { PagePanel } from './page/page-panel.ts';

/**
 * `data` of `page`: who owns what, what conflicts, what lands when, in one picture. Everything is
 * listed once and named by its index elsewhere, because a page of 50,000 files has to stay small.
 */
export interface PageData {
  /** What the repository is called: the name of its directory. */
  readonly name: string;
  /** When it was looked at, in milliseconds since 1970. */
  readonly at: number;
  readonly base: { readonly ref: string; readonly oid: Oid };
  /** Whether there is an `ownership.yml`; without one nothing is anybody's. */
  readonly policy: boolean;
  readonly agents: readonly PageAgent[];
  readonly map: PageMap;
  /** Sorted by ref. */
  readonly branches: readonly PageBranch[];
  /** Pairs that conflict, then those that come close; each by refs. */
  readonly pairs: readonly PagePair[];
  /** Pairs that come close and were left out, because there are too many. */
  readonly morePairs: number;
  /** Null where there is none; `problem` says why. */
  readonly order: PageOrder | null;
  readonly problem: string | null;
  readonly worktrees: readonly PageWorktree[];
  /** What else belongs to the fleet, in the order it is shown; nothing empty is among them. */
  readonly panels: readonly PagePanel[];
  /** What a reader must know to trust the picture; sentences without a full stop. */
  readonly notices: readonly string[];
}

/** What `page` did besides looking. */
export interface PageAnswer extends PageData {
  readonly written: WrittenPage;
}

/** The file with the page in it. */
export interface WrittenPage {
  /** Absolute. */
  readonly file: string;
  /** The same for the address line of a browser. */
  readonly url: string;
  readonly bytes: number;
}

export interface PageAgent {
  readonly id: AgentId;
  readonly title: string | null;
}

/** The base's tree, and what the branches change in it. */
export interface PageMap {
  /** Every distinct answer to "whose is this?"; files name theirs by index. */
  readonly places: readonly PagePlace[];
  readonly root: PageFolder;
  /** Paths that some branch changes, sorted; branches name them by index. */
  readonly touched: readonly TouchedPath[];
}

/** Where files lie in the policy: the layer, the rule and who may change them. */
export interface PagePlace {
  readonly layer: PathLayer;
  /** As in `agents.a1.owns[0] 'services/**'`; null where no rule says anything. */
  readonly rule: string | null;
  readonly owners: readonly AgentId[];
  /** One sentence, no trailing full stop. */
  readonly reason: string;
}

export interface PageFolder {
  /** One segment; '' for the top. */
  readonly name: string;
  readonly folders: readonly PageFolder[];
  /** Names of the files right in it. */
  readonly files: readonly string[];
  /** The place of each of `files`, or the one place of all of them. */
  readonly places: number | readonly number[];
  /** Files below it that are counted and not named, by place, because there are too many. */
  readonly unnamed?: readonly (readonly [place: number, files: number])[];
}

export interface TouchedPath {
  readonly path: RepoPath;
  readonly place: number;
  /** The base does not have it. */
  readonly added?: true;
}

export interface PageBranch {
  readonly ref: string;
  readonly agent: AgentId | null;
  readonly ahead: number;
  readonly behind: number;
  readonly lines: number;
  readonly base: BaseStanding;
  /** Indices into `touched`. */
  readonly touches: readonly number[];
  /** Uncommitted work was looked at, too. */
  readonly uncommitted?: true;
  /** With the base. */
  readonly conflicts: readonly PageConflict[];
}

/** Two branches by index, `a` before `b`. */
export interface PagePair {
  readonly a: number;
  readonly b: number;
  readonly level: 'conflict' | 'near';
  /** Where they conflict; for a pair that only comes close, where it does. */
  readonly conflicts: readonly PageConflict[];
}

export interface PageConflict {
  readonly path: RepoPath;
  /** git's stable name; null where the two only come close. */
  readonly kind: string | null;
  readonly lines: readonly LineRange[];
  readonly mechanical: boolean;
  /** What git could not put together, place by place; empty where it is not a matter of lines. */
  readonly disputes: readonly Dispute[];
  /** Places beyond those. */
  readonly moreDisputes: number;
}

/** One place of a file for which both sides have other lines. */
export interface Dispute {
  /** Of the first branch; of the base, where the conflict is with the base. */
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  /** Lines of either side that were left out at the end, because there are too many. */
  readonly more: number;
}

export interface PageOrder {
  readonly steps: readonly PageStep[];
  readonly waves: number;
  readonly cost: OrderCost;
  readonly bound: OrderCost;
  readonly optimal: boolean;
}

/** One branch in the order, by position. */
export interface PageStep {
  /** Index into `branches`. */
  readonly branch: number;
  /** From 1. */
  readonly wave: number;
  readonly waits: readonly PageWait[];
  readonly cost: OrderCost;
  readonly outcome: 'clean' | 'rework';
  readonly reason: string;
}

export interface PageWait {
  /** Index into `branches`. */
  readonly branch: number;
  readonly why: OrderWait['why'];
}

/** One worktree, or one branch of an agent in none. No absolute path: a page may be published. */
export interface PageWorktree {
  readonly agent: AgentId | null;
  readonly branch: string | null;
  /** Its directory as seen from where the command ran; null for a branch in no worktree. */
  readonly place: string | null;
  /** Null where it is not known. */
  readonly ahead: number | null;
  readonly behind: number | null;
  /** Paths that are not committed, and those of them that the guard would not let pass. */
  readonly dirty: number;
  readonly outside: number;
  readonly locks: readonly string[];
  /** What is amiss; sentences without a full stop. */
  readonly problems: readonly string[];
  /** Null when there is nothing to do. */
  readonly next: Hint | null;
}
