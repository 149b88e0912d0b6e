import type { Entry } from './change.ts';
import type { RepoPath } from './path.ts';

/** What one branch does to the base, in the base's own paths and line numbers. */
export interface Footprint {
  /** By path, as git orders it. No renames: a move is a deletion and an addition. */
  readonly changes: readonly FileChange[];
  /** Directories of the base that are gone, or have become something else. */
  readonly removedDirectories: readonly RepoPath[];
}

/** One file that differs; at least one side is set. */
export interface FileChange {
  readonly path: RepoPath;
  readonly before: Entry | null;
  readonly after: Entry | null;
  /** Lines removed and added. */
  readonly lines: number;
  /**
   * What changed inside, in order. Null where it cannot be said in lines: one side is missing, is no
   * ordinary file, or is binary.
   */
  readonly hunks: readonly Hunk[] | null;
}

/** A file that a branch changed, and that the base holds otherwise than when the branch began. */
export interface MetFile {
  readonly path: RepoPath;
  /** When the branch began. */
  readonly before: Entry | null;
  /** What the branch made of it. */
  readonly after: Entry | null;
  /** What the base made of it. */
  readonly now: Entry | null;
}

/** A file that some commit of a branch changed, as the first of them did. */
export type PassedFile = Pick<FileChange, 'after' | 'before' | 'path'>;

/** Lines `start` up to, not including, `end` of the old file, from 1; empty for an insertion. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
  /** Checksum of the lines that stand there now: equal for equal edits. */
  readonly text: number;
}

/** The footprint of a branch that changes nothing. */
export const NO_FOOTPRINT: Footprint = { changes: [], removedDirectories: [] };
