import { Failure } from '../../../domain/failure.ts';
import type { Hint } from '../../../domain/hint.ts';
import type { FleetOptions } from '../../../domain/options/fleet-options.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { Degraded, PolicyHint } from '../../../domain/reports/overlap.ts';
import type { MergeRequest } from '../../../git/merge/merge-process.ts';
import { missingHere, type Unanswered } from '../../../git/process/unanswered.ts';
import type { BringContents } from '../../semantics/search-names.ts';
import type { Session } from '../../session/session.ts';
import type { Lab } from '../lab/lab.ts';
import type { Workshop } from '../lab/absent-contents.ts';
import type { FileMerge } from '../lab/merged-file.ts';
import type { MergeMemory } from '../lab/merge-memory.ts';
import type { Patches } from '../rebase/patches.ts';
import type { Picks } from '../rebase/pick.ts';
import type { Base } from './base.ts';

/** What every step of looking at a fleet needs. */
export interface FleetContext {
  readonly session: Session;
  readonly options: FleetOptions;
  readonly base: Base;
  readonly lab: Lab;
  readonly memory: MergeMemory;
  readonly fileWorkshop: Workshop<FileMerge>;
  readonly patches: Patches;
  /** What a rebase would replay of a tip, as far as that was asked. */
  readonly picks: Map<Oid, Picks>;
  /** Everything but the commits that the result of a merge depends on; part of every name in memory. */
  readonly settings: string;
  /** The same for the merge of one file by itself. */
  readonly fileSettings: string;
  /** See `Attributes`. */
  readonly drivers: boolean;
  /** Content of the repository's `shallow` file, if it has one: where history was cut off. */
  readonly shallow: string | null;
  /** Fetches contents that are not here; absent where nothing can be fetched. */
  readonly bring?: BringContents;
  /** The hint where objects are missing. */
  readonly missing: Hint;
  /** The merge that says of a tip that it conflicts with the base, where one was made in this run. */
  readonly stoppedBy: Map<Oid, MergeRequest>;
  /** Files so large that they are not merged; see `findOverlarge`. */
  readonly overlarge: Set<RepoPath>;
  /** Policies that do not count and would give another answer. */
  readonly elsewhere: readonly PolicyHint[];
  /** Grows with what could not be decided. */
  readonly degraded: Degraded[];
}

/** Says that something could not be judged, and why: objects are missing, or git gave no answer. */
export function reportUnanswered(
  { degraded, missing }: Pick<FleetContext, 'degraded' | 'missing'>,
  refs: readonly string[],
  { failed, died }: Unanswered,
): void {
  const why = failed === '' ? '' : `: ${failed}`;
  const names = refs.join(' and ');
  degraded.push(
    died
      ? { kind: 'git-failed', refs, message: `${names} cannot be judged, git gave no answer${why}` }
      : {
          kind: 'missing-object',
          refs,
          message: `${names} cannot be judged, objects are missing here${why}`,
          hint: missing,
        },
  );
}

/** What `work` gives; where it needs an object that is not here, that. */
export async function unlessMissing<T>(work: () => Promise<T>): Promise<T | Unanswered> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure && error.kind === 'git') return missingHere(error.message);
    throw error;
  }
}
