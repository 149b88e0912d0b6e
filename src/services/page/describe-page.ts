import { describePath } from '../../core/guard/describe-path.ts';
import { NO_FACTS } from '../../core/guard/facts.ts';
import { makeRulebook } from '../../core/guard/rulebook.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { OverlapBranch, OverlapData } from '../../domain/reports/overlap.ts';
import type { PageBranch, PageData, PageMap, PagePlace } from '../../domain/reports/page.ts';
import { treePaths } from '../../git/objects/tree-paths.ts';
import type { FleetOrder } from '../fleet/find-order.ts';
import type { FleetContext } from '../fleet/open/context.ts';
import type { Session } from '../session/session.ts';
import { makeMap } from './make-map.ts';
import { makeOrder } from './make-order.ts';
import { makePairs, toPageConflict } from './make-pairs.ts';
import { type Disputes, readDisputes } from './read-disputes.ts';

/**
 * The map and the order of a fleet as the page draws them, without anybody at work.
 *
 * @param name what the page calls the repository
 */
export async function describePage(
  context: FleetContext,
  { overlap, order, branches }: FleetOrder,
  name: string,
): Promise<PageData> {
  const { session, base } = context;
  const [paths, disputes] = await Promise.all([
    treePaths(session.workspace.repo, base.tree),
    readDisputes(context, branches, overlap),
  ]);
  const { ownership } = session.policy ?? { ownership: null };
  const touched = new Set(overlap.branches.flatMap((branch) => branch.paths));
  const map = makeMap(paths, touched, placesOf(session));
  const { pairs, more } = makePairs(overlap, disputes);
  return {
    name,
    at: session.host.now(),
    base: overlap.base,
    policy: ownership !== null,
    agents: [...(ownership?.agents.values() ?? [])].map(({ id, title }) => ({ id, title })),
    map,
    branches: makeBranches(overlap, map, disputes),
    pairs,
    morePairs: more,
    order: order.ok ? makeOrder(order.value, overlap.branches) : null,
    problem: order.ok ? null : order.error,
    worktrees: [],
    panels: [],
    notices: [...new Set(overlap.degraded.map(({ message }) => message))],
  };
}

const NOBODY: PagePlace = {
  layer: 'unowned',
  rule: null,
  owners: [],
  reason: 'there is no ownership.yml',
};

/** Where a path lies for somebody who is not an agent. */
function placesOf({ policy }: Session): (path: RepoPath) => PagePlace {
  if (policy === null) return () => NOBODY;
  const rules = makeRulebook(policy.ownership);
  return (path) => {
    const { layer, rule, owners, reason } = describePath(rules, null, path, NO_FACTS);
    return { layer, rule, owners, reason };
  };
}

function makeBranches(overlap: OverlapData, map: PageMap, disputes: Disputes): PageBranch[] {
  const index = new Map(map.touched.map(({ path }, at) => [path, at]));
  return overlap.branches.map((branch: OverlapBranch): PageBranch => {
    const { ref, agent, ahead, behind, lines, base, paths, conflicts, uncommitted } = branch;
    return {
      ...{ ref, agent, ahead, behind, lines, base },
      touches: paths.map((path) => index.get(path)!),
      ...(uncommitted && { uncommitted }),
      conflicts: conflicts.map((conflict) => toPageConflict(conflict, ref, null, disputes)),
    };
  });
}
