import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import { type RefName, shortRef } from '../../../domain/refs.ts';
import { type Commit, readCommitObject } from '../../../git/objects/commit.ts';
import { resolveRef } from '../../../git/refs/resolve.ts';
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
  const commit = base && (await readCommitObject(session.reader, base.commit));
  if (!base || !commit)
    throw new Failure('git', `there is no branch ${ownership.base} here`, [
      hintTo('name another base, add --base <ref>'),
    ]);
  return { ...commit, ref: shortRef(base.ref), fullRef: base.ref };
}

async function typedBase({ reader, workspace }: Session, typed: string): Promise<Base> {
  const commit = typed.includes('\n') ? null : await readCommitObject(reader, typed);
  // git would take a missing tree for an empty one.
  if (commit === null || (await reader.read(commit.tree)) === null)
    throw new Failure('usage', `--base ${typed}: there is no commit by that name here`, [
      hintTo('see which branches are here', 'git branch --all'),
    ]);
  const fullRef = await resolveRef(workspace.repo, typed);
  return { ...commit, ref: fullRef === null ? typed : shortRef(fullRef), fullRef };
}
