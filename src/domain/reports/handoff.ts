import type { AgentId } from '../ids.ts';
import type { BranchName, Oid } from '../refs.ts';
import type { Handoff, HandoffRun } from '../states/handoff.ts';
import type { Capacity, CommandRun, ValidationVerdict } from '../validation.ts';

/** One agent that comes after others, or not with them. */
export interface PhaseRow {
  readonly agent: AgentId;
  readonly after: readonly AgentId[];
  /** In both directions. */
  readonly notWith: readonly AgentId[];
  /** It is its turn, as this clone knows it. */
  readonly open: boolean;
  /** Who is in the way. */
  readonly closedBy: readonly AgentId[];
}

/** What an agent has handed off. */
export interface HandoffRow {
  readonly agent: AgentId;
  /** Null where it has not, or what it has cannot be read. */
  readonly handoff: Handoff | null;
  /** It opens the phases after it. */
  readonly opens: boolean;
  /** Why it cannot be read; null where it can. */
  readonly unreadable: string | null;
}

/** `data` of `handoff run`. */
export interface HandoffRunData {
  readonly verb: 'run';
  readonly branch: BranchName;
  readonly run: HandoffRun;
  /** The commands as they ran here, with where their output is. */
  readonly commands: readonly CommandRun[];
  /** Those that come after, and whether it is their turn now. */
  readonly after: readonly PhaseRow[];
  readonly notices: readonly string[];
}

/** `data` of `handoff list` and `handoff show`. */
export interface HandoffListData {
  readonly verb: 'list' | 'show';
  readonly rows: readonly HandoffRow[];
  readonly phases: readonly PhaseRow[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly notices: readonly string[];
}

/** `data` of `handoff log`. */
export interface HandoffLogData {
  readonly verb: 'log';
  readonly logs: readonly {
    readonly position: number;
    /** Absolute. */
    readonly path: string;
    readonly text: string;
  }[];
}

/** `data` of `handoff rollback`. */
export interface HandoffRollbackData {
  readonly verb: 'rollback';
  readonly outcome: 'refused' | 'rolled-back' | 'unchanged';
  readonly branch: BranchName | null;
  readonly from: Oid | null;
  readonly to: Oid | null;
  readonly dryRun: boolean;
  readonly notices: readonly string[];
}

/** The commands of one worktree, run once. */
export interface TestRun {
  /** Nothing else ran on this machine that has said so. */
  readonly alone: boolean;
  readonly verdict: ValidationVerdict;
  /** Why it is no pass, a clause; null for a pass. */
  readonly reason: string | null;
  /** Milliseconds until there was room for it. */
  readonly waited: number;
  readonly milliseconds: number;
  /** Milliseconds of processor time, as far as they were seen; null where the system does not say. */
  readonly cpu: number | null;
  /** The most bytes seen; null where the system does not say. */
  readonly memory: number | null;
  readonly commands: readonly CommandRun[];
}

/** One worktree, and what its tests came to. */
export interface TestedWorktree {
  readonly agent: AgentId;
  /** Absolute. */
  readonly path: string;
  readonly branch: BranchName | null;
  readonly commit: Oid | null;
  /** Of the last run, which is the one that is believed. */
  readonly verdict: ValidationVerdict;
  readonly reason: string | null;
  /** One, or two where the first was red and something else ran at the same time. */
  readonly runs: readonly TestRun[];
}

/** `data` of `test`. */
export interface TestData {
  /** What the machine had to share out when it began. */
  readonly room: Capacity;
  readonly worktrees: readonly TestedWorktree[];
  readonly notices: readonly string[];
}
