import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { RepoPath } from '../../domain/path.ts';
import { type BranchName, branchOf, branchRef, type Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { AppliedPatch, ChangeRequest } from '../../domain/states/change-request.ts';
import { mergeOnce, type SingleMerge } from '../../git/merge/merge-once.ts';
import { type Commit, readCommitObject } from '../../git/objects/commit.ts';
import { looseCommit } from '../../git/objects/loose-object.ts';
import { formatOf } from '../../git/objects/object-format.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { alternates } from '../../git/process/quarantine.ts';
import { readAuthor } from '../../git/objects/signatures.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { withTrialRepository } from '../guard/trial-repository.ts';
import { writeCommit } from '../objects/write-commit.ts';
import type { PolicySession } from '../session/session.ts';

/** A patch merged as a commit that no ref names yet, on `under`; or where it could not be. */
export type PatchToApply =
  | {
      readonly kind: 'ready';
      readonly patch: AppliedPatch;
      readonly head: Oid;
      readonly under: Oid;
    }
  | {
      readonly kind: 'conflict';
      readonly paths: readonly RepoPath[];
      /** What it meets: the branch that is checked out, or the asker's with it. */
      readonly with: string;
    };

/**
 * Merges the patch of a request into the branch that is checked out, in memory: a three-way merge over
 * what the patch was made against. A change that goes with the asker's branch is stacked on that.
 * The objects of the outcome are written, and nothing else is.
 *
 * @param by the agent that applies it; null: a person
 * @throws Failure when there is no branch here, or the asker's is not here
 */
export async function applyPatch(
  session: PolicySession,
  request: ChangeRequest,
  by: AgentId | null,
): Promise<PatchToApply> {
  const { reader, workspace } = session;
  const { location } = workspace;
  const branch = location.head === null ? null : branchOf(location.head);
  const head = await readCommitObject(reader, 'HEAD');
  const proposal = await readCommitObject(reader, request.proposal);
  if (branch === null || head === null)
    throw new Failure('usage', 'there is no branch with a commit here to apply it to', [
      hintTo('go to the branch', 'git switch <branch>'),
    ]);
  if (proposal === null) throw new Failure('git', `commit ${request.proposal} is missing here`);
  return withTrialRepository(session, head.commit, async (trial) => {
    const workshop = workshopIn(trial, location.commonDirectory);
    const writing = workshop.repo;
    const under = request.withBranch
      ? await stackUp(session, writing, { request, branch, head, by })
      : { top: head, stackedOn: null };
    if ('conflict' in under) return under.conflict;
    const { top, stackedOn } = under;
    const merged = await overParent(session, workshop, top, proposal);
    if (!merged.clean) return conflictOf(merged, branch);
    const commit =
      merged.tree === top.tree
        ? top.commit
        : await writeCommit(session, {
            tree: merged.tree,
            parents: [top.commit],
            message: messageOf(request),
            author: await readAuthor(workspace.repo, proposal.commit),
            otherwise: signatureOf(by),
          });
    const tree = new TreeReader(reader, merged.tree);
    const changes = await Promise.all(
      request.changes.map(async ({ path, operation }) => {
        return { path, operation, after: await tree.entry(path) };
      }),
    );
    return {
      kind: 'ready',
      head: head.commit,
      under: top.commit,
      patch: { commit, branch, changes, stackedOn },
    };
  });
}

/** The branch with the asker's merged in, never by moving along: whose commits came must be seen. */
async function stackUp(
  session: PolicySession,
  writing: Repo,
  { request, branch, head, by }: Stacking,
): Promise<{ top: Commit; stackedOn: Oid } | { conflict: PatchToApply }> {
  const tip = await askersTip(session, request);
  const stackedOn = tip.commit;
  if (await isAncestor(writing, tip.commit, head.commit)) return { top: head, stackedOn };
  const merged = await mergeOnce(writing, { ours: head.commit, theirs: tip.commit });
  if (!merged.clean) return { conflict: conflictOf(merged, `${branch} and ${request.branch}`) };
  const parents = [head.commit, tip.commit];
  const commit = await writeCommit(session, {
    tree: merged.tree,
    parents,
    message: `Merge ${request.branch}, which goes with this\n\nBailiwick-Request: ${request.id}`,
    otherwise: signatureOf(by),
  });
  return { top: { commit, tree: merged.tree, parents, time: tip.time }, stackedOn };
}

/** What a change that goes with the asker's branch is put on. */
interface Stacking {
  readonly request: ChangeRequest;
  readonly branch: BranchName;
  readonly head: Commit;
  readonly by: AgentId | null;
}

/** Where merges are made whose outcome stays, and where commits are put that do not. */
interface Workshop {
  readonly repo: Repo;
  readonly scratch: string;
}

/** The throw-away repository with its settings, but for where it writes: what comes of it is to stay. */
function workshopIn(trial: Repo, commonDirectory: string): Workshop {
  const scratch = trial.environment['GIT_OBJECT_DIRECTORY'];
  if (scratch === undefined)
    throw new Failure('internal', 'a merge was tried outside a quarantine');
  const objects = join(commonDirectory, 'objects');
  const environment = {
    ...trial.environment,
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates([scratch]),
  };
  return { repo: { ...trial, environment }, scratch };
}

/**
 * The three-way merge over the proposal's parent, whatever history says: our side is a commit made up
 * for it that follows that parent.
 */
async function overParent(
  { host }: PolicySession,
  { repo, scratch }: Workshop,
  top: Commit,
  proposal: Commit,
): Promise<SingleMerge> {
  const parents = proposal.parents.slice(0, 1);
  const made = looseCommit(formatOf(top.commit), { tree: top.tree, parents, time: proposal.time });
  host.files.put(`${scratch}/${made.path}`, made.bytes);
  return mergeOnce(repo, { ours: made.oid, theirs: proposal.commit });
}

async function askersTip({ reader }: PolicySession, request: ChangeRequest): Promise<Commit> {
  const names: string[] =
    request.branch === null
      ? []
      : [branchRef(request.branch), `refs/remotes/origin/${request.branch}`];
  for (const name of names) {
    const tip = await readCommitObject(reader, name);
    if (tip !== null) return tip;
  }
  throw new Failure('usage', `${request.branch ?? 'the branch'} of ${request.from} is not here`, [
    hintTo('fetch it', `git fetch origin ${request.branch ?? ''}`.trimEnd()),
  ]);
}

const conflictOf = ({ unmerged, conflicts }: SingleMerge, name: string): PatchToApply => ({
  kind: 'conflict',
  paths: [...new Set([...unmerged, ...conflicts.flatMap(({ paths }) => paths)])].sort(),
  with: name,
});

const signatureOf = (by: AgentId | null) => ({
  name: by ?? 'bailiwick',
  email: `${by ?? 'bailiwick'}@localhost`,
});

/** The message of the applied commit: why it was asked for, then where it comes from. */
const messageOf = ({ id, from, message }: ChangeRequest): string =>
  `${message.trim()}\n\nBailiwick-Request: ${id}\nBailiwick-From: ${from}`;
