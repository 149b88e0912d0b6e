import { Failure } from '../../domain/failure.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { PATIENCE } from '../process/watchdog.ts';
import { type MergeRequest, RENAME_LIMIT_WORDS } from './merge-process.ts';
import { type MergeRecord, takeMergeRecord } from './merge-record.ts';

/** Milliseconds: a single merge says nothing before its end. */
const MERGE_PATIENCE = 2 * PATIENCE;

/** One merge, made by a process of its own. */
export interface SingleMerge extends MergeRecord {
  /** git gave up looking for renames: elsewhere the same merge could follow them. */
  readonly renamesCutShort: boolean;
}

/**
 * What git makes by itself of merging two commits that have one in common. `repo` must be a
 * quarantine, because the result is written. git 2.39.
 *
 * @param patience milliseconds without a word after which git is ended
 * @param signal ends git before it is done
 * @throws Failure `git` when git cannot: an object is missing, the histories are unrelated, or it takes too long.
 */
export async function mergeOnce(
  repo: Repo,
  { ours, theirs }: MergeRequest,
  patience = MERGE_PATIENCE,
  signal?: AbortSignal,
): Promise<SingleMerge> {
  // With --stdin git tells "conflict" from "could not" by more than the exit code, which is 1 for both.
  const args = ['merge-tree', '--write-tree', '--messages', '--stdin'];
  const { stdout, stderr } = await runGit(repo, args, {
    input: `${ours} ${theirs}\n`,
    patience,
    ...(signal && { signal }),
  });
  const taken = takeMergeRecord(stdout, 0);
  if (taken === null)
    throw new Failure(
      'git',
      `git could not merge ${theirs.slice(0, 10)} into ${ours.slice(0, 10)}`,
    );
  return { ...taken.record, renamesCutShort: RENAME_LIMIT_WORDS.test(stderr) };
}
