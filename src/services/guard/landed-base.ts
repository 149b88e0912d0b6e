import { Failure } from '../../domain/failure.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { commonAncestors } from '../../git/history/merge-bases.ts';
import { mergeOnce } from '../../git/merge/merge-once.ts';
import { formatOf } from '../../git/objects/object-format.ts';
import type { CommitTree } from '../../git/objects/read-top-file.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import type { Host } from '../../host/host.ts';
import type { LandedTip } from './landed-tips.ts';

/** What a branch is compared with where it has landed work that the base has not. */
export interface LandedBase extends CommitTree {
  /** What the branch has of landed work, newest place last; empty when the base has all of it. */
  readonly brought: readonly { readonly tip: LandedTip; readonly commit: Oid }[];
}

/**
 * The base with all landed work that a branch brings along: as if it had landed before. What has landed
 * is told by history, never by content, so that a copy of an older state is a change all the same.
 *
 * @param trial the throw-away repository, in which the merges are made
 */
export async function landedBase(
  { files }: Pick<Host, 'files'>,
  trial: Repo,
  base: CommitTree,
  head: Oid,
  tips: readonly LandedTip[],
): Promise<LandedBase> {
  let { commit, tree } = base;
  const brought: LandedBase['brought'][number][] = [];
  for (const tip of tips) {
    if (tip.oid === base.commit) continue;
    const [common] = await commonAncestors(trial, tip.oid, head);
    // A branch that is part of the base here is to be judged before it is published.
    if (common === undefined || (tip.local && common === head)) continue;
    if (await isAncestor(trial, common, commit)) continue;
    ({ tree } = await mergeOnce(trial, { ours: commit, theirs: common }));
    // Hashes and packs, which is seldom needed and takes time to load.
    const { LAST_MOMENT, looseCommit } = await import('../../git/objects/loose-object.ts');
    const made = looseCommit(formatOf(commit), {
      tree,
      parents: [commit, common],
      time: LAST_MOMENT,
    });
    const store = trial.environment['GIT_OBJECT_DIRECTORY'];
    if (store === undefined)
      throw new Failure('internal', 'a merge was tried outside a quarantine');
    files.put(`${store}/${made.path}`, made.bytes);
    commit = made.oid;
    brought.push({ tip, commit: common });
  }
  return { commit, tree, brought };
}
