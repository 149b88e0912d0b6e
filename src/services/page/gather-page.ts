import { basename } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { FleetOptions } from '../../domain/options/fleet-options.ts';
import type { PageData } from '../../domain/reports/page.ts';
import { findOrder } from '../fleet/find-order.ts';
import { withFleetOf } from '../fleet/open/open-fleet.ts';
import type { Session } from '../session/session.ts';
import { chooseFleet } from './choose-fleet.ts';
import { describePage } from './describe-page.ts';
import { readTogether } from '../requests/read-together.ts';
import { type FleetAtWork, readFleetAtWork } from './fleet-at-work.ts';

/** What a page is made of, and whether something could not be decided. */
export interface PageGathering {
  readonly data: PageData;
  readonly undecided: boolean;
}

/**
 * Looks at everything the page shows: the base's tree, the open branches and their order, the
 * worktrees. What cannot be found out about one of them is a notice, and the rest is there.
 */
export async function gatherPage(session: Session, options: FleetOptions): Promise<PageGathering> {
  const began = session.host.now();
  const chosen = await chooseFleet(session, options);
  return withFleetOf(session, chosen, async (context, members) => {
    const { pairs } = await readTogether(session, context.base.tree);
    const found = await findOrder(context, members, began, { together: pairs });
    const picture = await describePage(context, found, nameOf(session));
    // Comes after the order was found, so that every comparison is remembered.
    const work = await orNotice(() => readFleetAtWork(session));
    const { worktrees, panels } = work;
    return {
      data: {
        ...picture,
        worktrees,
        panels,
        notices: [...new Set([...picture.notices, ...work.notices])],
      },
      undecided: found.overlap.degraded.length > 0 || !found.order.ok || work.undecided,
    };
  });
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

/** The main checkout's directory, or that of the bare repository without its `.git`. */
function nameOf({ workspace: { location } }: Session): string {
  const directory = location.commonDirectory.replace(/[\\/]\.git$/, '');
  return basename(directory).replace(/\.git$/, '') || 'repository';
}
