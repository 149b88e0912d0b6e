import { basename } from 'node:path';
import { describePath } from '../../core/guard/describe-path.ts';
import { NO_FACTS } from '../../core/guard/facts.ts';
import { makeRulebook } from '../../core/guard/rulebook.ts';
import { Failure } from '../../domain/failure.ts';
import type { FleetOptions } from '../../domain/options/fleet-options.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { OverlapBranch, OverlapData } from '../../domain/reports/overlap.ts';
import type { PageBranch, PageData, PageMap, PagePlace } from '../../domain/reports/page.ts';
import { treePaths } from '../../git/objects/tree-paths.ts';
import { findOrder, type FleetOrder } from '../fleet/find-order.ts';
import { withFleetOf } from '../fleet/open/open-fleet.ts';
import type { Session } from '../session/session.ts';
import { chooseFleet } from './choose-fleet.ts';
import { type FleetAtWork, readFleetAtWork } from './fleet-at-work.ts';
import { makeMap } from './make-map.ts';
import { makeOrder } from './make-order.ts';
import { makePairs, toPageConflict } from './make-pairs.ts';
import { type Disputes, readDisputes } from './read-disputes.ts';

/** What a page is made of, and whether something could not be decided. */
export interface PageGathering {
  readonly data: PageData;
  readonly undecided: boolean;
}

interface Surveyed extends Pick<FleetOrder, 'order' | 'overlap'> {
  readonly disputes: Disputes;
  readonly paths: readonly RepoPath[];
}

/**
 * Looks at everything the page shows: the base's tree, the open branches and their order, the
 * worktrees. What cannot be found out about one of them is a notice, and the rest is there.
 */
export async function gatherPage(session: Session, options: FleetOptions): Promise<PageGathering> {
  const began = session.host.now();
  const chosen = await chooseFleet(session, options);
  const surveyed = await withFleetOf(session, chosen, async (context, members) => {
    const [{ overlap, order, branches }, paths] = await Promise.all([
      findOrder(context, members, began),
      treePaths(session.workspace.repo, context.base.tree),
    ]);
    return { overlap, order, paths, disputes: await readDisputes(context, branches, overlap) };
  });
  const work = await orNotice(() => readFleetAtWork(session));
  const { overlap, order } = surveyed;
  const notices = [
    ...new Set([...overlap.degraded.map(({ message }) => message), ...work.notices]),
  ];
  return {
    data: toData(session, surveyed, work, notices),
    undecided: overlap.degraded.length > 0 || !order.ok || work.undecided,
  };
}

function toData(
  session: Session,
  surveyed: Surveyed,
  { worktrees, panels }: FleetAtWork,
  notices: readonly string[],
): PageData {
  const { overlap, order, disputes, paths } = surveyed;
  const { ownership } = session.policy ?? { ownership: null };
  const touched = new Set(overlap.branches.flatMap((branch) => branch.paths));
  const map = makeMap(paths, touched, placesOf(session));
  const { pairs, more } = makePairs(overlap, disputes);
  return {
    name: nameOf(session),
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
    worktrees,
    panels,
    notices,
  };
}

/** One thing that cannot be read does not take the picture away. */
async function orNotice(work: () => Promise<FleetAtWork>): Promise<FleetAtWork> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const notices = [`the worktrees could not be read: ${error.message}`];
    return { worktrees: [], panels: [], notices, undecided: true };
  }
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

/** The main checkout's directory, or that of the bare repository without its `.git`. */
function nameOf({ workspace: { location } }: Session): string {
  const directory = location.commonDirectory.replace(/[\\/]\.git$/, '');
  return basename(directory).replace(/\.git$/, '') || 'repository';
}
