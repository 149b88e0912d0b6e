import type { Change } from '../../domain/change.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { mergeBases } from '../../git/history/merge-bases.ts';
import { readBlob } from '../../git/objects/read-blob.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { POLICY_FILE } from '../session/policy.ts';
import type { Session } from '../session/session.ts';
import type { ChangesToJudge } from './judge.ts';
import { landingChanges } from './landing.ts';
import { withTrialRepository } from './trial-repository.ts';

/** What landing a branch changes, and since when the branch is one. */
export interface BranchChanges extends ChangesToJudge {
  /** The first of the merge bases, by oid: where to look for what the branch itself touched. */
  readonly mergeBase: Oid;
}

/**
 * What a branch changes, by rule R2 of `docs/judging.md`: what landing it on `base` would change.
 *
 * @param baseName how git names the base, for remedies: `origin/main`
 * @throws Failure when there is no common ancestor, history is cut off before it, or git cannot merge.
 */
export async function branchChanges(
  session: Session,
  base: Oid,
  head: Oid,
  baseName: string,
): Promise<BranchChanges> {
  const { reader } = session;
  return withTrialRepository(session, base, async (trial) => {
    const { shallow } = session.workspace.location;
    const merging = landingChanges(trial, reader, base, head);
    // Where there is no common ancestor both fail, and the other says why.
    merging.catch(() => undefined);
    const [bases, at] = await Promise.all([
      mergeBases(trial, base, head, shallow),
      readCommitTree(reader, base),
    ]);
    const changes = await merging;
    return {
      changes,
      before: at && new TreeReader(reader, at.tree),
      situation: { kind: 'branch', base: baseName },
      mergeBase: bases[0]!,
      made: await mergedPolicy(trial, reader, changes),
    };
  });
}

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
