import type { Change } from '../../domain/change.ts';
import type { Oid } from '../../domain/refs.ts';
import { treeChanges } from '../../git/diff/tree-changes.ts';
import { mergeBases } from '../../git/history/merge-bases.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import type { Session } from '../session/session.ts';
import type { ChangesToJudge } from './judge.ts';

/** What a branch changes, and since when. */
export interface BranchChanges extends ChangesToJudge {
  /** The first of the merge bases, by oid: what `changes` are against. */
  readonly mergeBase: Oid;
}

/**
 * What a branch changes, by rule R2 of `docs/judging.md`: a path counts if and only if it differs
 * from every merge base with the base branch and from the base's tip. The first clause leaves out what
 * the base moved on since, the second what was squashed, picked or merged from it.
 *
 * @param baseName how git names the base, for remedies: `origin/main`
 * @throws Failure when there is no common ancestor, or history is cut off before it.
 */
export async function branchChanges(
  { workspace: { repo, location }, reader }: Session,
  base: Oid,
  head: Oid,
  baseName: string,
): Promise<BranchChanges> {
  const bases = await mergeBases(repo, base, head, location.shallow);
  const [fromTip, ...fromBases] = await Promise.all(
    [base, ...bases].map((commit) => treeChanges(repo, commit, head)),
  );
  const elsewhere = [fromTip!, ...fromBases.slice(1)].map(pathsOf);
  const changes = fromBases[0]!.filter(({ path }) => elsewhere.every((paths) => paths.has(path)));
  const first = await readCommitTree(reader, bases[0]!);
  return {
    changes,
    before: first && new TreeReader(reader, first.tree),
    situation: { kind: 'branch', base: baseName },
    mergeBase: bases[0]!,
  };
}

const pathsOf = (changes: readonly Change[]): ReadonlySet<string> =>
  new Set(changes.map(({ path }) => path));
