import type { Entry } from '../../../domain/change.ts';
import type { FileChange } from '../../../domain/footprint.ts';
import type { LineRange } from '../../../domain/reports/overlap.ts';
import type { Unanswered } from '../../../git/process/unanswered.ts';

/** What the three sides of a merge hold at one path. */
export interface FileMerge {
  readonly base: Entry;
  readonly ours: Entry;
  readonly theirs: Entry;
}

export interface FileMergeOptions {
  /** Said while it works. */
  readonly phase: string;
  /** Whether `effect` and `disputed` are wanted. */
  readonly effects: boolean;
  /** Whether results with conflict markers in them are going to be read. */
  readonly markers?: boolean;
}

/** What became of one file, or git's words when it could not read it. */
export type FileOutcome = MergedFile | Unanswered;

export interface MergedFile {
  /** Kinds of conflict; empty where the file merges. */
  readonly kinds: readonly string[];
  /** The result, with markers in it where it conflicts. */
  readonly after: Entry | null;
  /** How the result differs from `ours`, under a made-up path; null where it does not, or was not asked. */
  readonly effect: FileChange | null;
  /** Where the result holds conflict markers, in lines of `ours`. */
  readonly disputed: readonly LineRange[];
}
