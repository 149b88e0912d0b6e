import type { Change } from '../../domain/change.ts';
import { count } from '../../domain/text/count.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { branchOf, type BranchName, branchRef, type Oid } from '../../domain/refs.ts';
import type { CheckTarget, Subject } from '../../domain/reports/check.ts';
import { resolveCommit, resolveRef } from '../../git/refs/resolve.ts';
import { repoPathOf } from '../session/repo-path.ts';
import { type Session } from '../session/session.ts';
import { branchChanges } from './branch-changes.ts';
import type { BranchNamed } from './branch-place.ts';
import type { JudgedBranch } from './judge-branch-changes.ts';
import type { ChangesToJudge } from './changes-to-judge.ts';
import { stagedChanges } from './staged-changes.ts';

/** Facts with the words for what they are of. */
export interface Target {
  readonly judged: ChangesToJudge;
  readonly kind: Subject['kind'];
  readonly description: string;
  /** The branch that may say whose the changes are; undefined is the one checked out. */
  readonly branch?: BranchName | null;
  /** What a range is of; judged as a branch is. */
  readonly range?: Omit<JudgedBranch, 'placeOf'> & { readonly named: BranchNamed };
  /** The commits being merged, where it is a merge. */
  readonly heads?: readonly Oid[];
  readonly notices: readonly string[];
}

/** @throws Failure when the facts cannot be had, or what was named does not exist. */
export function readCheckTarget(
  session: Session,
  target: Exclude<CheckTarget, { kind: 'branch' }>,
): Promise<Target> {
  switch (target.kind) {
    case 'staged':
      return stagedTarget(session);
    case 'range':
      return rangeTarget(session, target.range);
    case 'paths':
      return Promise.resolve(pathsTarget(session, target.paths));
  }
}

async function stagedTarget(session: Session): Promise<Target> {
  if (session.workspace.location.top === null)
    throw new Failure('usage', 'there is no work tree here, so nothing is staged', [
      hintTo('judge a branch', 'bailiwick check --branch <ref>'),
    ]);
  const facts = await stagedChanges(session);
  const description = facts.kind === 'merge' ? 'the merge to be committed' : 'the staged changes';
  return {
    judged: facts,
    kind: facts.kind,
    description,
    heads: facts.heads,
    notices: facts.notices,
  };
}

/**
 * The commit and the branch a name stands for. One that is not a branch (an oid, a tag) says nothing of
 * whose it is.
 */
export async function readNamedBranch(session: Session, name: string): Promise<BranchNamed> {
  const head = await requireCommit(session, name);
  const ref = await resolveRef(session.workspace.repo, name);
  const branch = ref === null ? null : branchNamed(ref);
  return { head, branch, local: branch === null ? null : branchRef(branch) };
}

async function rangeTarget(session: Session, range: string): Promise<Target> {
  const match = /^(.+?)\.\.(?!\.)(.+)$/.exec(range);
  if (!match)
    throw new Failure('usage', `'${range}' is not a range`, [
      hintTo('judge a range', 'bailiwick check --range <a>..<b>'),
    ]);
  const [, from = '', to = ''] = match;
  const [base, named] = [await requireCommit(session, from), await readNamedBranch(session, to)];
  const { head } = named;
  const against = { commit: base, name: from };
  const facts = await branchChanges(session, against, head);
  return {
    judged: facts,
    range: { against, head, branch: named.branch, facts, named },
    kind: 'range',
    description: `${from}..${to}`,
    notices: [],
  };
}

/** Paths that are about to be changed: each is judged as a modification. */
function pathsTarget(session: Session, paths: readonly string[]): Target {
  const changes = [...new Set(paths.map((path) => repoPathOf(session, path)))].map(
    (path): Change => ({ path, operation: 'modify', before: null, after: null }),
  );
  return {
    judged: { changes, before: null, situation: { kind: 'paths' } },
    kind: 'paths',
    description: changes.length === 1 ? 'one path' : count(changes.length, 'path'),
    notices: [],
  };
}

async function requireCommit({ workspace }: Session, name: string): Promise<Oid> {
  const commit = await resolveCommit(workspace.repo, name);
  if (commit !== null) return commit;
  throw new Failure('usage', `'${name}' names no commit here`, [
    hintTo('see the branches', 'git branch -a'),
  ]);
}

/** The branch behind a local or remote-tracking ref: `refs/remotes/origin/x` is `x`. */
const branchNamed = (ref: string): BranchName | null =>
  branchOf(ref.replace(/^refs\/remotes\/[^/]+\//, 'refs/heads/'));
