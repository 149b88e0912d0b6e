import { migrationPlace } from '../../core/migrations/migration-place.ts';
import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import type { RepoPath } from '../../domain/path.ts';
import { type Oid, shortRef } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { treeChanges } from '../../git/diff/tree-changes.ts';
import { mergeBases } from '../../git/history/merge-bases.ts';
import { type StraightLine, straightLine } from '../../git/history/straight-line.ts';
import { readBlob } from '../../git/objects/read-blob.ts';
import { type CommitTree, readCommitTree } from '../../git/objects/read-top-file.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { isOfPart, versionedParts } from '../semantics/versioned-parts.ts';
import { POLICY_FILE } from '../session/policy.ts';
import type { Session } from '../session/session.ts';
import type { ChangesToJudge } from './changes-to-judge.ts';
import { landedBase } from './landed-base.ts';
import type { LandedTip } from './landed-tips.ts';
import { landingChanges } from './landing.ts';
import { refuseRepeatedNames } from './repeated-names.ts';
import { withTrialRepository } from './trial-repository.ts';

/** What landing a branch changes, and since when the branch is one. */
export interface BranchChanges extends ChangesToJudge {
  /** The first of the merge bases, by oid: where to look for what the branch itself touched. */
  readonly mergeBase: () => Promise<Oid>;
  readonly notices: readonly string[];
}

/** What a branch is judged against. */
export interface BaseToLandOn {
  readonly commit: Oid;
  /** As git names it, for remedies: `origin/main`. */
  readonly name: string;
  /** What else has landed; nothing where everything comes from one remote. */
  readonly landed?: readonly LandedTip[] | Promise<readonly LandedTip[]>;
  /** The way from here to the branch, where the caller knows it already. */
  readonly line?: StraightLine | null;
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
  const { line = await lineTo(session, base.commit, head) } = base;
  const at = await readCommitTree(session.reader, base.commit);
  if (at === null) throw new Failure('git', `commit ${base.commit} is missing here`);
  const facts = {
    before: new TreeReader(session.reader, at.tree),
    mergeBase: () => firstMergeBase(session, base.commit, head),
  };
  const others = beside(base, line);
  // Whoever fails first is heard; the other must not be unheard of.
  others.catch(() => undefined);
  const hasAll = line === null ? hasCommit(session, head, base.commit) : line.fork === base.commit;
  if ((await hasAll) && (await others).length === 0) {
    // The branch has all of the base, so that landing it makes its own tree.
    const changes = await treeChanges(session.workspace.repo, base.commit, head);
    await refuseRepeatedNames(session.reader, head, changes);
    return { ...facts, changes, situation: { kind: 'branch' }, notices: [] };
  }
  const merged = await mergedChanges(session, { base, at, head, line, others, ...facts });
  await refuseRepeatedNames(session.reader, head, merged.changes);
  return { ...facts, ...merged };
}

interface ToMerge extends Pick<BranchChanges, 'mergeBase'> {
  readonly base: BaseToLandOn;
  readonly at: CommitTree;
  readonly head: Oid;
  readonly line: StraightLine | null;
  readonly others: Promise<readonly LandedTip[]>;
}

/** What landing changes, by a merge. It is tried while git is still asked what else has landed: mostly nothing. */
const mergedChanges = (
  session: Session,
  { base, at, head, line, others, mergeBase }: ToMerge,
): Promise<Pick<BranchChanges, 'changes' | 'made' | 'notices' | 'situation'>> =>
  withTrialRepository(session, base.commit, async (trial) => {
    const { files } = session.host;
    const here = { files, trial, reader: session.reader, fork: line?.fork };
    const alone = landingChanges(here, at, head);
    await Promise.allSettled([others, alone]);
    const landing = await landedBase(session.host, trial, at, head, await others);
    const merging =
      landing.commit === base.commit ? alone : landingChanges({ files, trial }, landing, head);
    const { changes, unmerged } = await merging.catch(async (error: unknown) => {
      // Where there is no common ancestor the merge fails, and this says why.
      await mergeBase();
      throw error;
    });
    return {
      changes,
      situation: { kind: 'branch' },
      notices: [
        ...landing.brought.flatMap(({ tip }) => (tip.local ? unpublished(tip, base) : [])),
        ...unmergedNotice(unmerged, base),
      ],
      made: await mergedContents(trial, session, changes),
    };
  });

/** The straight line from the base to a head, where it can be had without asking git. */
export const lineTo = (
  { reader, workspace }: Session,
  base: Oid,
  head: Oid,
): Promise<StraightLine | null> =>
  workspace.location.shallow ? Promise.resolve(null) : straightLine(reader, base, head);

/** What has landed and the base may not have. */
async function beside(
  { commit, landed = [] }: BaseToLandOn,
  line: StraightLine | null,
): Promise<LandedTip[]> {
  const others: LandedTip[] = [];
  for (const tip of await landed)
    if (tip.oid !== commit && !(await line?.isInBase(tip.oid))) others.push(tip);
  return others;
}

/** The first of the merge bases, by oid. */
async function firstMergeBase({ workspace }: Session, base: Oid, head: Oid): Promise<Oid> {
  const { repo, location } = workspace;
  return (await mergeBases(repo, base, head, location.shallow))[0]!;
}

const hasCommit = ({ workspace: { repo } }: Session, head: Oid, commit: Oid): Promise<boolean> =>
  isAncestor(repo, commit, head);

const unpublished = ({ ref }: LandedTip, { name }: BaseToLandOn): string =>
  `${shortRef(ref)} has work that is in this branch and not on ${name} yet: it counts as landed here, ` +
  'and the gate will not see it so before it is pushed';

const unmergedNotice = (unmerged: readonly RepoPath[], { name }: BaseToLandOn): string[] => {
  const [first, ...more] = unmerged;
  if (first === undefined) return [];
  const what = more.length === 0 ? 'is' : `and ${more.length} more are`;
  return [
    `${first} ${what} too long to be merged here, and ${name} has changed it as well: it counts as changed`,
  ];
};

/** A policy, a migration or a versioned part that both sides changed is a file only the merge has made. */
async function mergedContents(
  trial: Repo,
  { reader, policy }: Session,
  changes: readonly Change[],
): Promise<ReadonlyMap<Oid, Buffer>> {
  const registries = policy?.ownership.migrations ?? [];
  const parts = policy ? versionedParts(policy.ownership) : [];
  const made = new Map<Oid, Buffer>();
  for (const { path, before, after } of changes) {
    if (after === null || after.mode === '160000') continue;
    const isPolicy = path === POLICY_FILE;
    // What comes from one side alone is in the repository.
    const isMerged =
      before !== null &&
      (migrationPlace(path, registries)?.needsText === true || isOfPart(parts, path));
    if ((!isPolicy && !isMerged) || (await reader.read(after.oid)) !== null) continue;
    const content = readBlob(trial, after.oid);
    // Without its migrations a branch can still be judged; without the policy it cannot.
    const read = isPolicy ? await content : await content.catch(() => null);
    if (read !== null) made.set(after.oid, read);
  }
  return made;
}
