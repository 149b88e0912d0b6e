import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import { type Oid, parseRefName, type RefName, shortRef } from '../../../domain/refs.ts';
import { type Commit, readCommitObject } from '../../../git/objects/commit.ts';
import { isAncestor } from '../../../git/refs/refs.ts';
import { resolveRef } from '../../../git/refs/resolve.ts';
import type { BaseTip } from '../../session/policy.ts';
import type { Session } from '../../session/session.ts';

/** What the branches land on. */
export interface Base extends Commit {
  /** As git abbreviates it; as it was typed where it is not a ref. */
  readonly ref: string;
  readonly fullRef: RefName | null;
}

/** @throws Failure when nothing says what the base is, or it is not here. */
export async function resolveBase(session: Session, typed: string | null): Promise<Base> {
  if (typed !== null) return typedBase(session, typed);
  if (session.policy === null)
    throw new Failure('usage', 'nothing says what the branches land on: there is no policy here', [
      hintTo('name the base, add --base <ref>'),
    ]);
  const { base, ownership } = session.policy;
  const ref = base && (await freshest(session, base, ownership.base));
  const commit = ref && (await readCommitObject(session.reader, ref));
  if (!ref || !commit)
    throw new Failure('git', `there is no branch ${ownership.base} here`, [
      hintTo('name another base, add --base <ref>'),
    ]);
  return { ...commit, ref: await nameOf(session, ref, commit.commit), fullRef: ref };
}

/** The local base where it is ahead: in the middle of a landing it has what the remote has not yet. */
async function freshest(
  { reader, workspace }: Session,
  { ref, commit }: BaseTip,
  branch: string,
): Promise<RefName> {
  const local = `refs/heads/${branch}` as RefName;
  if (ref === local) return ref;
  const own = await readCommitObject(reader, local);
  if (own === null || own.commit === commit) return ref;
  return (await isAncestor(workspace.repo, commit, own.commit)) ? local : ref;
}

/** As git abbreviates it, where that means no other commit to git; else in full. */
async function nameOf({ reader }: Session, ref: RefName, commit: Oid): Promise<string> {
  const short = shortRef(ref);
  return (await readCommitObject(reader, short))?.commit === commit ? short : ref;
}

/**
 * The branch a name stands for, before any tag: git itself would take the tag. Null when it is not a branch.
 *
 * @throws Failure `usage` when it is two: anybody may call a branch `origin/main`.
 */
async function branchCalled({ reader }: Session, typed: string): Promise<RefName | null> {
  if (typed.startsWith('refs/') || parseRefName(`refs/heads/${typed}`) === null) return null;
  const names = [`refs/heads/${typed}`, `refs/remotes/${typed}`] as RefName[];
  const commits = await Promise.all(names.map((name) => readCommitObject(reader, name)));
  const known = names.filter((_, at) => commits[at] !== null);
  if (known.length === 2)
    throw new Failure('usage', `--base ${typed}: both ${known.join(' and ')} are here`, [
      hintTo(`say which is meant, add --base ${known[1]} or --base ${known[0]}`),
    ]);
  return known[0] ?? null;
}

async function typedBase(session: Session, typed: string): Promise<Base> {
  const { reader, workspace } = session;
  const branch = await branchCalled(session, typed);
  const commit = typed.includes('\n') ? null : await readCommitObject(reader, branch ?? typed);
  // git would take a missing tree for an empty one.
  if (commit === null || (await reader.read(commit.tree)) === null)
    throw new Failure('usage', `--base ${typed}: there is no commit by that name here`, [
      hintTo('see which branches are here', 'git branch --all'),
    ]);
  const fullRef = branch ?? (await resolveRef(workspace.repo, typed));
  const ref = fullRef === null ? typed : await nameOf(session, fullRef, commit.commit);
  return { ...commit, ref, fullRef };
}
