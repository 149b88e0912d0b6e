import { sameEntry } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type BranchName, branchRef, type Oid } from '../../domain/refs.ts';
import type { AppliedPatch, ChangeRequest } from '../../domain/states/change-request.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { resolveCommit } from '../../git/refs/resolve.ts';
import type { PolicySession } from '../session/session.ts';

/**
 * The change as it is on the branch already, made or settled by hand.
 *
 * @throws Failure `usage` when the commit is not on the branch, or changes none of the paths
 */
export async function patchInCommit(
  { reader, workspace: { repo } }: PolicySession,
  request: ChangeRequest,
  name: string,
  branch: BranchName,
): Promise<AppliedPatch> {
  const commit = await resolveCommit(repo, name);
  const head = await resolveCommit(repo, 'HEAD');
  if (commit === null || head === null || !(await isAncestor(repo, commit, head)))
    throw new Failure('usage', `${JSON.stringify(name)} is not a commit of ${branch}`, [
      hintTo('see its commits', 'git log --oneline'),
    ]);
  const proposal = await readCommitObject(reader, request.proposal);
  const [after, before] = await Promise.all(
    [commit, proposal?.parents[0]].map((oid) => (oid ? readCommitObject(reader, oid) : null)),
  );
  if (!after || !before) throw new Failure('git', `commit ${request.proposal} is missing here`);
  const [now, then] = [new TreeReader(reader, after.tree), new TreeReader(reader, before.tree)];
  const changes = await Promise.all(
    request.changes.map(async ({ path, operation }) => ({
      path,
      operation,
      after: await now.entry(path),
      same: sameEntry(await now.entry(path), await then.entry(path)),
    })),
  );
  if (changes.every(({ same }) => same))
    throw new Failure('usage', `${name} has none of the paths of request ${request.id} changed`, [
      hintTo('see which they are', `bailiwick request show ${request.id}`),
    ]);
  return {
    commit,
    branch,
    changes: changes.map(({ path, operation, after }) => ({ path, operation, after })),
    stackedOn: request.withBranch ? await stackedOn(repo, request, head) : null,
  };
}

/** The asker's branch, which has to be in this one where the two go together. */
async function stackedOn(
  repo: PolicySession['workspace']['repo'],
  { branch, id }: ChangeRequest,
  head: Oid,
): Promise<Oid> {
  const tip = branch === null ? null : await resolveCommit(repo, branchRef(branch));
  if (tip !== null && (await isAncestor(repo, tip, head))) return tip;
  throw new Failure('usage', `request ${id} goes with ${branch}, which is not merged here`, [
    hintTo('merge it', `git merge --no-ff ${branch}`),
  ]);
}
