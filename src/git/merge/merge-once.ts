import { Failure } from '../../domain/failure.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { type MergeRequest, RENAME_LIMIT_WORDS } from './merge-process.ts';
import { type MergeRecord, takeMergeRecord } from './merge-record.ts';

/** One merge, made by a process of its own. */
export interface SingleMerge extends MergeRecord {
  /** git gave up looking for renames: elsewhere the same merge could follow them. */
  readonly renamesCutShort: boolean;
}

/**
 * What git makes by itself of merging two commits that have one in common. `repo` must be a
 * quarantine, because the result is written. git 2.39.
 *
 * @throws Failure `git` when git cannot: an object is missing, or the histories are unrelated.
 */
export async function mergeOnce(repo: Repo, { ours, theirs }: MergeRequest): Promise<SingleMerge> {
  // With --stdin git tells "conflict" from "could not" by more than the exit code, which is 1 for both.
  const args = ['merge-tree', '--write-tree', '--messages', '--stdin'];
  const { stdout, stderr } = await runGit(repo, args, { input: `${ours} ${theirs}\n` });
  const taken = takeMergeRecord(stdout, 0);
  if (taken === null)
    throw new Failure(
      'git',
      `git could not merge ${theirs.slice(0, 10)} into ${ours.slice(0, 10)}`,
    );
  return { ...taken.record, renamesCutShort: RENAME_LIMIT_WORDS.test(stderr) };
}
