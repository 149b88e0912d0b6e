import type { Finding } from '../finding.ts';
import type { LandingMode } from '../landing.ts';
import type { RepoPath } from '../path.ts';
import type { PullRequest } from '../pull-request.ts';
import type { LandingRecords } from './land.ts';
import type { OrderData } from './order.ts';
import type { OverlapData } from './overlap.ts';
import type { WaitingRequest } from './request.ts';
import type { PageData } from './page.ts';

/** One open branch, as the board shows it. Its facts are in `overlap`, under the same `ref`. */
export interface BoardEntry {
  readonly ref: string;
  /** Null for a branch that nobody has opened a pull request for. */
  readonly pullRequest: PullRequest | null;
  /** Control files that it touches, sorted. */
  readonly control: readonly RepoPath[];
  /** What is found about it: its conflict with the base, and its pairs. */
  readonly findings: readonly Finding[];
}

/** `data` of the board. */
export interface BoardData {
  readonly overlap: OverlapData;
  /** Null where there is none; `problem` says why. */
  readonly order: OrderData | null;
  readonly problem: string | null;
  /** How they are thought to land. */
  readonly landing: LandingMode;
  /** By ref. */
  readonly entries: readonly BoardEntry[];
  /** Open pull requests that land on another branch, by number. */
  readonly elsewhere: readonly PullRequest[];
  /** Drafts that were not looked at, because nobody wants to hear of them, by number. */
  readonly leftOut: readonly PullRequest[];
  /** The numbers of all open pull requests; null where not all are known. */
  readonly open: readonly number[] | null;
  /** What could not be looked at, each a sentence without a full stop. Empty: nothing is missing. */
  readonly incomplete: readonly string[];
  /** Commits of the base a branch may lack before it should catch up; null: no limit. */
  readonly behind: number | null;
  /** Requests that wait for an answer, and grants that run; the most urgent first. */
  readonly requests: readonly WaitingRequest[];
  /** How the newest commits came to the base. */
  readonly landings: LandingRecords;
  /** Null where no earlier run is known. */
  readonly changes: BoardChanges | null;
  /** When the open pull requests were listed, in milliseconds since 1970. */
  readonly at: number;
}

/** What the board found, and the picture of it. */
export interface BoardAnswer extends BoardData {
  /** Null where none was wanted. */
  readonly page: PageData | null;
}

/** Two refs, the first before the second by string order. */
export type RefPair = readonly [a: string, b: string];

/** What is different from an earlier run. */
export interface BoardChanges {
  /** When that was, in milliseconds since 1970. */
  readonly since: number;
  readonly base: boolean;
  /** Branches that were not there, are no longer there, or have moved. */
  readonly opened: readonly string[];
  readonly gone: readonly string[];
  readonly moved: readonly string[];
  /** Conflicts that were not there, and those that no longer are. */
  readonly conflicts: readonly RefPair[];
  readonly resolved: readonly RefPair[];
}

/** What one run leaves for the next. */
export interface BoardSnapshot {
  readonly at: number;
  readonly base: string;
  /** Commit of each branch. */
  readonly branches: Readonly<Record<string, string>>;
  readonly conflicts: readonly RefPair[];
}
