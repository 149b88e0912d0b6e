import type { Change } from '../../domain/change.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { parseRawDiff, RAW_DIFF_OPTIONS } from './raw-diff.ts';

/** What differs between two trees, given as full oids of trees or commits. */
export async function treeChanges(repo: Repo, before: string, after: string): Promise<Change[]> {
  const args = ['diff-tree', '-r', ...RAW_DIFF_OPTIONS, '--end-of-options', before, after];
  return parseRawDiff((await runGit(repo, args)).stdout);
}
