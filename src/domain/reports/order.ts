import type { AgentId } from '../ids.ts';
import type { LandingMode } from '../landing.ts';
import type { RepoPath } from '../path.ts';

/** What an order costs: branches that stop at a conflict, and the lines they have to redo. */
export interface OrderCost {
  readonly branches: number;
  readonly lines: number;
}

/** Everything the order of a fleet depends on. Refs name branches; the order of the lists never matters. */
export interface OrderProblem {
  /** Branches that merge cleanly into the base alone; no ref twice. */
  readonly branches: readonly OrderBranch[];
  /** No pair twice. */
  readonly conflicts: readonly OrderConflict[];
  readonly after: readonly OrderDependency[];
  readonly combinations: readonly OrderCombination[];
  /** Branches that go behind everything they meet. */
  readonly drafts?: readonly string[];
}

export interface OrderBranch {
  /** As git abbreviates it: `feat/a1/x`. */
  readonly ref: string;
  readonly agent: AgentId | null;
  /** Lines added and removed against the base. */
  readonly lines: number;
  /** Seconds since 1970; the smaller one was there first. */
  readonly date: number;
}

/**
 * Two branches that cannot both land untouched: whichever lands later has to be reworked; where
 * `later` is set, only that one, and only if it does land later.
 */
export interface OrderConflict {
  readonly a: string;
  readonly b: string;
  /** `a` or `b`. */
  readonly later?: string;
  /** Places that conflict, whoever goes first. Paid once in every order, so reported and never optimised. */
  readonly hunks: number;
  /** What conflicts; empty where git names no file. */
  readonly files: readonly ConflictFile[];
}

export interface ConflictFile {
  readonly path: RepoPath;
  /** A lockfile, changelog or manifest: made again by a command instead of by thought. */
  readonly mechanical: boolean;
  /** Lines that `a` and `b` changed in the file, wherever: what each would redo if it landed later. */
  readonly lines: readonly [a: number, b: number];
}

/** `earlier` must land before `later`. */
export interface OrderDependency {
  readonly earlier: string;
  readonly later: string;
  /**
   * `declared` by `after` in the policy, or `stacked`: the earlier tip is an ancestor of the later; `draft`: the
   * later one, or what it comes after, is not ready; `together`: by a request, neither is right without the other;
   * `tested`: the later one fails without it.
   */
  readonly why: 'declared' | 'draft' | 'stacked' | 'tested' | 'together';
}

/** Once all of `earlier` have landed, `later` conflicts, although no pair explains it. Found by replay. */
export interface OrderCombination {
  /** One or more; one where the conflict shows in one direction only. */
  readonly earlier: readonly string[];
  readonly later: string;
  readonly files: readonly ReworkFile[];
}

/** One file of a branch that has to be redone. */
export interface ReworkFile {
  readonly path: RepoPath;
  readonly mechanical: boolean;
  /** Lines the branch changed in the file. */
  readonly lines: number;
}

/** Dependencies that no order can satisfy: each ref must land before the next, the last before the first. */
export interface OrderCycle {
  readonly kind: 'cycle';
  readonly dependencies: readonly OrderDependency[];
}

/** The orders people use without a tool, priced the same way. */
export const BASELINES = ['first-come', 'smallest-first', 'fewest-conflicts-first'] as const;
export type Baseline = (typeof BASELINES)[number];

/** A branch that is not in the order: what it has to come after cannot land as it is. */
export interface OrderWaiting {
  readonly ref: string;
  readonly agent: AgentId | null;
  /** Branches that no longer merge with the base, could not be judged, or wait themselves. */
  readonly for: readonly string[];
}

/** What `order` adds to `data` of `overlap`. */
export interface OrderData {
  /** By position. */
  readonly order: readonly OrderEntry[];
  /** The refs of `order`, cut into waves: nothing in a wave waits for another of it. */
  readonly waves: readonly (readonly string[])[];
  /** For each wave whether it was shown to land alike in any order; else in the order given only. */
  readonly anyOrder: readonly boolean[];
  readonly cost: OrderCost;
  /** No order has fewer branches; none with as few branches has fewer lines. */
  readonly bound: OrderCost;
  /** True when `cost` equals `bound`: proven, not hoped. */
  readonly optimal: boolean;
  readonly landing: LandingMode;
  readonly baselines: Readonly<Record<Baseline, OrderCost>>;
  /** Conflicting places over all pairs: the same in every order. */
  readonly hunks: number;
  /** The other end of the trade; null when the order above is already the one with the fewest lines. */
  readonly fewestLines: OrderAlternative | null;
  readonly combinations: readonly OrderCombination[];
  /** Sorted by ref. */
  readonly waiting: readonly OrderWaiting[];
  /** What a command said of the merges; null where none was run on them. */
  readonly tested: {
    readonly command: string;
    readonly runs: number;
    /** Branches that fail, whatever lands before them. Sorted. */
    readonly failing: readonly string[];
  } | null;
  /** What merging in this order showed; null when it was not replayed. */
  readonly replay: OrderReplay | null;
}

export interface OrderEntry {
  readonly ref: string;
  readonly agent: AgentId | null;
  /** From 1. */
  readonly position: number;
  /** From 1. */
  readonly wave: number;
  /** What must land before, declared or stacked. */
  readonly after: readonly string[];
  /** Everything of earlier waves it has to wait for, and why. */
  readonly waits: readonly OrderWait[];
  /** Conflicts met when it lands: with branches that land earlier. */
  readonly conflicts: readonly OrderMeeting[];
  readonly cost: OrderCost;
  readonly outcome: 'clean' | 'rework';
  /** Why it lands here, one sentence, no trailing full stop. Plain: renderers escape it. */
  readonly reason: string;
}

export interface OrderWait {
  readonly ref: string;
  readonly why: OrderDependency['why'] | 'combination' | 'conflict';
}

export interface OrderMeeting {
  readonly with: string;
  /** Who else must have landed for it to conflict; empty for a pair. */
  readonly together: readonly string[];
  readonly paths: readonly RepoPath[];
  /** True when nothing but lockfiles, changelogs or manifests collides. */
  readonly mechanical: boolean;
  /** Lines this branch redoes because it lands after `with`. */
  readonly lines: number;
  /** Lines `with` would redo if it landed after this branch. */
  readonly otherwise: number;
}

export interface OrderAlternative {
  readonly cost: OrderCost;
  readonly bound: OrderCost;
  readonly optimal: boolean;
  readonly order: readonly string[];
}

export interface OrderReplay {
  /** False when the budget of merges ran out before a whole order was replayed. */
  readonly complete: boolean;
  /** Real merges made, those of the search for culprits included. */
  readonly probes: number;
  readonly steps: readonly ReplayStep[];
}

/**
 * What one branch did. `landed`: clean, as said. `conflict`: stopped, as said, and was set aside.
 * `unseen`: will conflict with a branch that was itself set aside. `blocked`: stopped, and what it
 * must come after was set aside. `vanished`: landed clean although a conflict was said. `undecided`: git could
 * not tell, and it was set aside; `degraded` says why.
 */
export interface ReplayStep {
  readonly ref: string;
  readonly outcome: 'blocked' | 'conflict' | 'landed' | 'undecided' | 'unseen' | 'vanished';
  /** The branches that explain it; empty for `landed` and `undecided`. */
  readonly because: readonly string[];
}
