import type { FindingCode } from '../finding.ts';
import type { AgentId } from '../ids.ts';
import type { Targets } from '../landing.ts';
import type { Oid } from '../refs.ts';

/** What one agent has achieved. */
export interface AgentFigures {
  readonly agent: AgentId;
  /** Branches that landed. */
  readonly landings: number;
  readonly perDay: number;
  /** Of each day of the period, oldest first. */
  readonly days: readonly number[];
  /** Milliseconds from the first own commit to the landing, in the middle; null where none is known. */
  readonly leadTime: number | null;
  /** Hours of its tasks that were completed and have both; null where none has. */
  readonly hours: HoursFigures | null;
}

export interface HoursFigures {
  readonly tasks: number;
  readonly estimated: number;
  readonly spent: number;
}

/** What became of the branches that `land` took up. Each ends one way for each landing that it was part of. */
export interface IntegrationFigures {
  /** Landings that were begun. */
  readonly landings: number;
  readonly landed: number;
  readonly conflict: number;
  readonly red: number;
  /** For any other reason: refused, moved, skipped, behind one that left. */
  readonly other: number;
  /** Landed of landed, conflict and red; null where there were none. */
  readonly rate: number | null;
  /** The same by branches, each of which may be tried again. */
  readonly branchRate: number | null;
  readonly conflictsPerWeek: number;
  /** Validations that were run. */
  readonly validations: number;
  /** Trees that were red first, and then green. */
  readonly flaky: number;
  /** Landings that found the base itself red. */
  readonly baseRed: number;
  /** Milliseconds from a red base to the next landing, in the middle; null where that did not happen. */
  readonly recovery: number | null;
}

/** How often a rule refused: once for each commit or push, whatever it held. */
export interface RefusalFigures {
  readonly code: FindingCode;
  /** Its place in `ownership.yml`; null where no rule decided. */
  readonly rule: string | null;
  readonly count: number;
}

/** How long something was waited for. */
export interface WaitFigures {
  readonly count: number;
  /** Milliseconds in all. */
  readonly total: number;
  /** Still waiting at the end. */
  readonly open: number;
}

/** `data` of `report`. What is null is not recorded, which is not the same as 0. Times are milliseconds since 1970. */
export interface FleetReportData {
  readonly since: number;
  readonly until: number;
  readonly base: { readonly ref: string; readonly oid: Oid };
  readonly landings: {
    readonly count: number;
    readonly days: readonly number[];
    /** In the proven order, by `land`; null where nothing ever landed so. */
    readonly ordered: number | null;
    /** In another way. */
    readonly outside: number;
    /** Landings that were taken back. */
    readonly undone: number;
    /** Commits on the base that are not the landing of a branch, as far as can be told. */
    readonly direct: number;
    readonly leadTime: number | null;
  };
  /** Sorted by id: every agent of the policy. */
  readonly agents: readonly AgentFigures[];
  readonly integration: IntegrationFigures | null;
  readonly waits: {
    /** From asking to the decision. */
    readonly requests: WaitFigures | null;
    /** From a task that is done to its landing. */
    readonly landing: WaitFigures | null;
    /** Of agents that were told that another holds a lock, as this clone has seen it. */
    readonly locks: WaitFigures | null;
    /** Of agents that were told that it is not their turn, as this clone has seen it. */
    readonly phases: WaitFigures | null;
  };
  /** What this clone refused, most often first; null where none is written down. */
  readonly refusals: readonly RefusalFigures[] | null;
  /** What the policy aims at; null where it says nothing. */
  readonly targets: Targets;
  /** What could not be read or asked, each a sentence without a full stop. */
  readonly notices: readonly string[];
}
