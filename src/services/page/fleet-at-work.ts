import { relative } from 'node:path';
import { shortRef } from '../../domain/refs.ts';
import type { PageWorktree } from '../../domain/reports/page.ts';
import type { PagePanel } from '../../domain/reports/page/page-panel.ts';
import type { StatusData, StatusRow } from '../../domain/reports/status.ts';
import { locateWorktrees } from '../layout/locate-worktrees.ts';
import { requirePolicy, type Session } from '../session/session.ts';
import { readStatus } from '../status/read-status.ts';
import { locksPanel } from './locks-panel.ts';
import { reportPanels } from './report-panel.ts';
import { requestsPanel } from './requests-panel.ts';

/** Who works where, and what else the fleet has. */
export interface FleetAtWork {
  readonly worktrees: readonly PageWorktree[];
  readonly panels: readonly PagePanel[];
  readonly notices: readonly string[];
  /** Something in it could not be decided; the notices and the rows say what. */
  readonly undecided: boolean;
}

/**
 * The worktrees as `status` sees them; without a policy, as git lists them.
 */
export async function readFleetAtWork(session: Session): Promise<FleetAtWork> {
  if (session.policy === null) return readPlain(session);
  // Comes after the order was found, so that every comparison is remembered.
  const known = requirePolicy(session);
  const { data, undecided } = await readStatus(known, {
    overlap: true,
    phases: false,
  });
  const { panels, notices } = await reportPanels(known);
  return {
    worktrees: data.rows.map((row) => toWorktree(row, data)),
    panels: [locksPanel(data.locks), requestsPanel(data.requests), ...panels].filter(
      (each) => each !== null,
    ),
    notices: [...data.notices, ...notices],
    undecided,
  };
}

function toWorktree(row: StatusRow, { base }: StatusData): PageWorktree {
  const changes = row.worktree?.changes ?? null;
  const unlike = row.conflicts.map(({ with: other }) => `conflicts with ${other}`);
  return {
    agent: row.agent,
    branch: row.branch,
    place: row.worktree?.relative ?? null,
    ahead: row.standing?.ahead ?? null,
    behind: row.standing?.behind ?? null,
    dirty: changes?.total ?? 0,
    outside: changes?.outside.length ?? 0,
    locks: row.locks,
    problems: [
      ...row.problems,
      ...(row.unclear === null ? [] : [row.unclear]),
      ...(row.worktree?.gone ? ['its directory is gone'] : []),
      ...(row.worktree?.operation ? [`a ${row.worktree.operation} is not finished`] : []),
      ...(row.standing?.over ?? []).map(
        (limit) => `passes the limit of ${limit}${base ? ` against ${base.ref}` : ''}`,
      ),
      ...unlike,
    ],
    next: row.next?.hint ?? null,
  };
}

async function readPlain({ host, workspace }: Session): Promise<FleetAtWork> {
  const entries = (await locateWorktrees(host, workspace)).filter(({ bare }) => !bare);
  const worktrees = entries.map(({ path, ref, locked, missing }): PageWorktree => ({
    agent: null,
    branch: ref === null ? null : shortRef(ref),
    place: relative(host.cwd, path) || '.',
    ahead: null,
    behind: null,
    dirty: 0,
    outside: 0,
    locks: [],
    problems: [
      ...(missing ? ['its directory is gone'] : []),
      ...(locked ? [`git is told to keep it: ${locked}`] : []),
    ],
    next: null,
  }));
  return { worktrees, panels: [], notices: [], undecided: false };
}
