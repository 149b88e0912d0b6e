import { branchAgents } from '../../core/identity/branch-agent.ts';
import { lockRef } from '../../domain/lock.ts';
import type { RepoPath } from '../../domain/path.ts';
import { branchOf, type Oid, type RefName } from '../../domain/refs.ts';
import { firstParents } from '../../git/history/first-parents.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { readTip } from '../../git/refs/read-tip.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import type { BringWork } from '../guard/changes-to-judge.ts';
import { trackingRef } from '../remote/anchor.ts';
import { fetchMergeContents } from '../remote/merge-contents.ts';
import type { RemoteCopy, Wanted } from '../remote/remote-copy.ts';
import type { PolicySession } from '../session/session.ts';
import type { OpenGate } from './open-gate.ts';

/** Branches of agents that are looked at to tell what a lock still covers. */
const MOST_BRANCHES = 200;
/** States of a lock that are looked back at. */
const FAR_BACK = 200;

/**
 * Brings what tells how far the work under a lock is: the branches of its agents, and the past of the
 * lock. Asked only where a lock would refuse something.
 */
export const bringWork =
  ({ copy, session }: OpenGate<PolicySession>, base: Oid): BringWork =>
  async (agents, locks) => {
    const agentsOf = branchAgents(session.policy.ownership);
    const wanted: Wanted[] = [];
    const tips: Oid[] = [];
    for (const [ref, oid] of await copy.list('refs/heads/*')) {
      const branch = branchOf(ref);
      if (branch === null || !agentsOf(branch).some((agent) => agents.includes(agent))) continue;
      wanted.push({ from: ref, to: trackingRef(branch), optional: true });
      tips.push(oid);
    }
    if (wanted.length > 0 && wanted.length <= MOST_BRANCHES) {
      await copy.fetch(wanted);
      await copy.reach(base, tips);
      await fetchMergeContents(copy, base, tips, 'merge');
    }
    await fetchPast(copy, locks.map(lockRef));
  };

/** The states before the present ones. */
async function fetchPast(copy: RemoteCopy, refs: readonly RefName[]): Promise<void> {
  const reader = new ObjectReader(copy.repo);
  try {
    const blobs: Oid[] = [];
    for (const ref of refs) {
      const tip = await readTip(reader, ref);
      for (const state of tip === null ? [] : await firstParents(copy.repo, tip, FAR_BACK)) {
        const at = await readCommitTree(reader, state);
        const entry = at && (await new TreeReader(reader, at.tree).entry('state.json' as RepoPath));
        if (entry) blobs.push(entry.oid);
      }
    }
    await copy.fetchBlobs(blobs);
  } finally {
    await reader.close();
  }
}
