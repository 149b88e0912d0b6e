import type { Situation } from '../../core/guard/take-out.ts';
import { type Change, sameEntry } from '../../domain/change.ts';
import type { Finding } from '../../domain/finding.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import { commonAncestors } from '../../git/history/merge-bases.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { LevelReader, TreeReader } from '../../git/objects/trees.ts';
import { currentBranch } from '../session/identify.ts';
import type { PolicySession } from '../session/session.ts';
import { landedTips } from './landed-tips.ts';

/**
 * Findings without those of paths that a commit leaves as they may be left by anyone (rule R1): exactly
 * as the base branch has them, or, where nothing is merged, as the base had them when the branch began.
 * Either way landing changes nothing there: taking the base's side, or undoing one's own slip, must pass.
 *
 * What a branch comes to (R2) is compared with the base already.
 */
export async function withoutBaseState(
  session: PolicySession,
  findings: readonly Finding[],
  changes: readonly Change[],
  situation: Situation,
): Promise<Finding[]> {
  const { base } = session.policy;
  const commits = situation.kind === 'commit' || situation.kind === 'merge';
  if (!commits || base === null || findings.length === 0) return [...findings];
  const levels = new LevelReader(session.reader);
  const tip = new TreeReader(session.reader, base.tree, levels);
  const byPath = new Map(changes.map((change) => [change.path, change]));
  const open: { readonly finding: Finding; readonly putBack: boolean }[] = [];
  for (const finding of findings) {
    const change = finding.path === undefined ? undefined : byPath.get(finding.path);
    const now = change ? await tip.entry(change.path) : null;
    if (change && sameEntry(change.after, now)) continue;
    // Only what was changed on this branch, or by the base, can be put back to how it was before.
    open.push({ finding, putBack: change !== undefined && !sameEntry(change.before, now) });
  }
  if (situation.kind !== 'commit' || !open.some(({ putBack }) => putBack))
    return open.map(({ finding }) => finding);
  const began = await whereItBegan(session, base.commit, levels);
  const kept: Finding[] = [];
  for (const { finding, putBack } of open) {
    const change = putBack ? byPath.get(finding.path as RepoPath) : undefined;
    const same = change && (await Promise.all(began.map((trees) => isIn(trees, change))));
    if (!same?.includes(true)) kept.push(finding);
  }
  return kept;
}

/** Whether every one of the trees has what the change leaves. */
async function isIn(trees: readonly TreeReader[], { path, after }: Change): Promise<boolean> {
  const entries = await Promise.all(trees.map((tree) => tree.entry(path)));
  return entries.length > 0 && entries.every((entry) => sameEntry(entry, after));
}

/** The trees of all merge bases of HEAD with the base, and with each other place where work has landed. */
async function whereItBegan(
  session: PolicySession,
  base: Oid,
  levels: LevelReader,
): Promise<TreeReader[][]> {
  const { reader, workspace } = session;
  const head = await readCommitTree(reader, 'HEAD');
  if (head === null) return [];
  const landed = await landedTips(session, currentBranch(session.host, workspace.location));
  const tips = new Set([base, ...landed.flatMap(({ local, oid }) => (local ? [] : oid))]);
  return Promise.all(
    [...tips].map(async (tip) => {
      const bases = await commonAncestors(workspace.repo, head.commit, tip);
      const found = await Promise.all(bases.map((oid) => readCommitTree(reader, oid)));
      return found.flatMap((at) => (at ? new TreeReader(reader, at.tree, levels) : []));
    }),
  );
}
