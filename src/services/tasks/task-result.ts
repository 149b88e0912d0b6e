import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import { MOST_FILES } from '../../domain/states/task.ts';
import { changesBetween } from '../../git/diff/changes-between.ts';
import { mergeBases } from '../../git/history/merge-bases.ts';
import { straightLine } from '../../git/history/straight-line.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { mergedTree } from '../../git/merge/merged-tree.ts';
import { quarantine } from '../../git/process/quarantine.ts';
import { withTemporaryDirectory } from '../../host/temporary.ts';
import { requireBase } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';

/** What the branch that is checked out here changes against the base. */
export interface BranchResult {
  readonly commit: Oid | null;
  /** At most `MOST_FILES`. */
  readonly files: readonly RepoPath[];
  readonly count: number;
  /** The base has all of it, however it got there; false where nothing was changed. */
  readonly landed: boolean;
}

export async function branchResult(session: PolicySession): Promise<BranchResult> {
  const { reader, policy, workspace } = session;
  const { repo, location } = workspace;
  const head = await readCommitTree(reader, 'HEAD');
  if (head === null) return { commit: null, files: [], count: 0, landed: false };
  const base = requireBase(policy);
  const line = location.shallow ? null : await straightLine(reader, base.commit, head.commit);
  const fork =
    line?.fork ?? (await mergeBases(repo, base.commit, head.commit, location.shallow))[0]!;
  const from = await readCommitTree(reader, fork);
  if (from === null || from.tree === head.tree)
    return { commit: head.commit, files: [], count: 0, landed: false };
  const pairs = [{ before: from.tree, after: head.tree }];
  const [changes = []] = await changesBetween(repo, pairs);
  const paths = changes.map(({ path }) => path);
  const landed = await withTemporaryDirectory('landed', async (directory) => {
    const environment = quarantine(location.commonDirectory, directory, repo.environment);
    return (await mergedTree(repo, base.commit, head.commit, environment)) === base.tree;
  });
  return { commit: head.commit, files: paths.slice(0, MOST_FILES), count: paths.length, landed };
}
