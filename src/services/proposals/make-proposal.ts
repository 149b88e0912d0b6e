import { join } from 'node:path';
import { type Change, sameEntry } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { compare } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { AskedChange } from '../../domain/states/change-request.ts';
import { mergeBases } from '../../git/history/merge-bases.ts';
import { type Commit, readCommitObject } from '../../git/objects/commit.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { lineTo } from '../guard/branch-changes.ts';
import { writeChangedTree } from '../objects/write-changed-tree.ts';
import { writeCommit } from '../objects/write-commit.ts';
import { requireBase } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import type { WantedGroup } from './wanted-changes.ts';

/** A patch as a commit that no ref names yet. */
export interface Proposal {
  readonly commit: Oid;
  readonly changes: readonly AskedChange[];
}

/**
 * The landed commit that a patch of this worktree is made against: what the base and HEAD have in
 * common, or the landed commit that is being merged, which the files have taken in already.
 */
export async function proposalParent(session: PolicySession): Promise<Commit> {
  const { host, reader, workspace, policy } = session;
  const { repo, location } = workspace;
  const base = requireBase(policy);
  const merging = parseOid(
    host.files.read(join(location.gitDirectory, 'MERGE_HEAD'))?.toString().trim() ?? '',
  );
  const head = await readCommitObject(reader, 'HEAD');
  const parent =
    merging !== null && (await isAncestor(repo, merging, base.commit))
      ? merging
      : head === null
        ? base.commit
        : ((await lineTo(session, base.commit, head.commit))?.fork ??
          (await mergeBases(repo, base.commit, head.commit, location.shallow))[0]!);
  const commit = await readCommitObject(reader, parent);
  if (commit === null) throw new Failure('git', `commit ${parent} is missing here`);
  return commit;
}

/**
 * Writes the patch as a commit on `parent`: the asked paths alone, as they are wanted. The same wish
 * gives the same commit. Null when the base has all of it already.
 *
 * @param why for a wish without a patch, which would else be the same as any other for these paths
 */
export async function makeProposal(
  session: PolicySession,
  from: AgentId,
  parent: Commit,
  { to, changes, patch }: WantedGroup,
  why: string,
): Promise<Proposal | null> {
  const tree = new TreeReader(session.reader, parent.tree);
  const asked: AskedChange[] = [];
  for (const { path, operation, after } of [...changes].sort(byPath)) {
    if (patch && sameEntry(after, await tree.entry(path))) continue;
    asked.push({ path, operation, after: patch ? after : null });
  }
  if (asked.length === 0) return null;
  const root = patch ? await writeChangedTree(session, parent.tree, asked) : parent.tree;
  const whom = to.length === 0 ? 'a person' : to.join(' or ');
  const paths = asked.map(({ path }) => JSON.stringify(path));
  const commit = await writeCommit(session, {
    tree: root,
    parents: [parent.commit],
    message: [
      `${patch ? 'change' : 'leave to change'} ${files(asked.length)}, asked of ${whom} by ${from}`,
      '',
      ...paths,
      ...(patch ? [] : ['', why]),
    ].join('\n'),
    otherwise: { name: from, email: `${from}@localhost` },
    time: parent.time,
  });
  return { commit, changes: asked };
}

const byPath = (a: Change, b: Change): number => compare(a.path, b.path);

const files = (count: number): string => (count === 1 ? 'one file' : `${count} files`);

/** @throws Failure `usage` for more paths than anybody could look through */
export function checkExtent({ changes }: Proposal, most: number): void {
  if (changes.length <= most) return;
  throw new Failure('usage', `${changes.length} paths are more than the ${most} of one request`, [
    hintTo('ask for part of them, name files or directories'),
  ]);
}
