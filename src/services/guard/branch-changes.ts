import type { Change } from '../../domain/change.ts';
import { type Oid, shortRef } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { mergeBases } from '../../git/history/merge-bases.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { readBlob } from '../../git/objects/read-blob.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { POLICY_FILE } from '../session/policy.ts';
import type { Session } from '../session/session.ts';
import type { ChangesToJudge } from './judge.ts';
import { landedBase } from './landed-base.ts';
import type { LandedTip } from './landed-tips.ts';
import { landingChanges } from './landing.ts';
import { withTrialRepository } from './trial-repository.ts';

/** What landing a branch changes, and since when the branch is one. */
export interface BranchChanges extends ChangesToJudge {
  /** The first of the merge bases, by oid: where to look for what the branch itself touched. */
  readonly mergeBase: Oid;
  readonly notices: readonly string[];
}

/** What a branch is judged against. */
export interface BaseToLandOn {
  readonly commit: Oid;
  /** As git names it, for remedies: `origin/main`. */
  readonly name: string;
  /** What else has landed; nothing where everything comes from one remote. */
  readonly landed?: readonly LandedTip[];
}

/**
 * What a branch changes, by rule R2 of `docs/judging.md`: what landing it on the base would change.
 *
 * @throws Failure when there is no common ancestor, history is cut off before it, or git cannot merge.
 */
export async function branchChanges(
  session: Session,
  base: BaseToLandOn,
  head: Oid,
): Promise<BranchChanges> {
  const { host, reader, workspace } = session;
  return withTrialRepository(session, base.commit, async (trial) => {
    const bases = mergeBases(trial, base.commit, head, workspace.location.shallow);
    const { landed = [] } = base;
    const landing = landed.some(({ oid }) => oid !== base.commit)
      ? await landedBase(host, trial, base.commit, head, landed)
      : { commit: base.commit, brought: [] };
    const merging = landingChanges(trial, landing.commit, head);
    // Where there is no common ancestor both fail, and the other says why.
    merging.catch(() => undefined);
    const [[mergeBase], at] = await Promise.all([bases, readCommitTree(reader, base.commit)]);
    const changes = await merging;
    return {
      changes,
      before: at && new TreeReader(reader, at.tree),
      situation: { kind: 'branch', base: landing.brought.at(-1)?.commit ?? base.name },
      mergeBase: mergeBase!,
      notices: landing.brought.flatMap(({ tip }) => (tip.local ? unpublished(tip, base) : [])),
      made: await mergedPolicy(trial, reader, changes),
    };
  });
}

const unpublished = ({ ref }: LandedTip, { name }: BaseToLandOn): string =>
  `${shortRef(ref)} has work that is in this branch and not on ${name} yet: it counts as landed here, ` +
  'and the gate will not see it so before it is pushed';

/** A policy that both sides changed is a file only the merge has made. */
async function mergedPolicy(
  trial: Repo,
  reader: ObjectReader,
  changes: readonly Change[],
): Promise<ReadonlyMap<Oid, Buffer>> {
  const oid = changes.find(({ path }) => path === POLICY_FILE)?.after?.oid;
  if (oid === undefined || (await reader.read(oid)) !== null) return new Map();
  return new Map([[oid, await readBlob(trial, oid)]]);
}
