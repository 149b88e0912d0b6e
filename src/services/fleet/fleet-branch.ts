import type { TipHistory } from '../../core/history/history-walk.ts';
import type { Footprint, MetFile, PassedFile } from '../../domain/footprint.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { LineRange, MergeConflict } from '../../domain/reports/overlap.ts';
import type { TreeDiff } from '../../git/diff/patch-parser.ts';
import type { Commit } from '../../git/objects/commit.ts';
import type { Unanswered } from '../../git/process/unanswered.ts';
import type { Member } from './open/members.ts';

/** One branch of the fleet and what is known about it. */
export interface Branch {
  readonly member: Member;
  /** Null when it cannot be judged; `degraded` says why. */
  readonly tip: Tip | null;
  /** Null until it has landed, and when that cannot be tried. */
  readonly solo: Solo | null;
  /** The result was remembered from another run; what git wrote for it is not here. */
  readonly recalled: boolean;
}

/** A tip that can be judged: its commit is here, and it has history in common with the base. */
export interface Tip {
  readonly commit: Commit;
  readonly history: TipHistory;
}

/** What one branch comes to when it lands on the base all by itself. */
export interface Solo {
  readonly commit: Commit;
  readonly standing: 'clean' | 'conflict' | 'merged';
  /** The result as git made it; null where it never made one: it is the base with the footprint. */
  readonly tree: Oid | null;
  readonly conflicts: readonly MergeConflict[];
  readonly disputed: readonly (readonly [RepoPath, readonly LineRange[]])[];
  /** Against the base; where it conflicts, against where the branch began. */
  readonly footprint: Footprint;
  /** What it changed that the base changed, too. */
  readonly met: readonly MetFile[];
  /** Of these, where the base may have some of what the branch did; see `takenOverIn`. */
  readonly takenOver: readonly RepoPath[];
  /**
   * Contents in the footprint that git wrote when it merged: they are in the lab of the run that made
   * them, and nowhere else.
   */
  readonly made: readonly Oid[];
  /** What its commits changed, each by itself, where they are replayed one by one; see `reachOf`. */
  readonly passed: readonly PassedFile[];
  /** Landing it came down to merging the files it met the base in, each by itself. */
  readonly byFiles: boolean;
  /** See `Encounter`. */
  readonly directories: boolean;
}

/** A branch that has to land, and what it changed since it began. */
export interface Landing extends Encounter {
  readonly branch: Branch;
  readonly tip: Tip;
  readonly own: TreeDiff;
}

/** What became of it, or git's words when it could not read something. */
export type Landed = Solo | Unanswered;

/** Branches that merge with the base are the ones that can meet each other. */
export const partnerOf = ({ solo }: Branch): Solo | null =>
  solo?.standing === 'clean' ? solo : null;
/** How a branch and what became of the base since it began stand to each other. */
export interface Encounter {
  readonly met: readonly MetFile[];
  /** The two can collide only in the files they met in, each of which is there on every side. */
  readonly byFiles: boolean;
  /** One has done away with a directory that the other has changed something in. */
  readonly directories: boolean;
}
