import type { PassPlace } from '../../core/phases/phase-blocker.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Handoff } from '../../domain/states/handoff.ts';
import { mergedTree } from '../../git/merge/merged-tree.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { quarantine } from '../../git/process/quarantine.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { withTemporaryDirectory } from '../../host/temporary.ts';
import { type BaseTip, requireBase } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import { readTipTree } from '../../git/refs/read-tip.ts';

/**
 * Where the commit that an agent has handed off is now; null when nothing of it has passed. No process
 * is started where its branch still is at that commit, or holds its tree, unless `landed` is asked.
 *
 * @param landed whether it matters that the base has it
 */
export async function passPlace(
  session: PolicySession,
  { branch, passed }: Handoff,
  landed: boolean,
): Promise<PassPlace | null> {
  const { reader, workspace, policy } = session;
  if (passed === null) return null;
  if ((await readCommitTree(reader, passed.commit)) === null) return 'gone';
  const base = requireBase(policy);
  if (landed && (await isIn(session, passed.commit, base))) return 'base';
  const names = [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`];
  const tips = (await Promise.all(names.map((name) => readTipTree(reader, name)))).filter(
    (tip) => tip !== null,
  );
  if (tips.some(({ commit }) => commit === passed.commit)) return 'branch';
  if (tips.some(({ tree }) => tree === passed.tree)) return 'tree';
  for (const { commit } of tips)
    if (await isAncestor(workspace.repo, passed.commit, commit)) return 'branch';
  return !landed && (await isIn(session, passed.commit, base)) ? 'base' : 'gone';
}

/** The base has the commit, or everything that it changes: it was landed by squash or rebase. */
async function isIn(
  { workspace: { repo, location } }: PolicySession,
  commit: Oid,
  base: BaseTip,
): Promise<boolean> {
  if (commit === base.commit || (await isAncestor(repo, commit, base.commit))) return true;
  const { commonDirectory } = location;
  return withTemporaryDirectory(
    'landed',
    async (directory) => {
      const environment = quarantine(commonDirectory, directory, repo.environment);
      // A copy of the history without the contents cannot merge: then it counts as not landed.
      const merged = mergedTree(repo, base.commit, commit, environment);
      return (await merged.catch(() => null)) === base.tree;
    },
    'memory',
  );
}
