import { planBeginning, planWorktree } from '../../../core/worktrees/plan-add.ts';
import { type Registry, withoutRecord, withRecord } from '../../../core/worktrees/registry.ts';
import { Failure } from '../../../domain/failure.ts';
import { ownProcessMark } from '../../../host/process/process-mark.ts';
import { applyPlan } from '../../plans/apply.ts';
import { type TakeBack } from '../../plans/undo.ts';
import type { Session } from '../../session/session.ts';
import { planRegistry, readRegistry, withRegistryLock } from '../registry-file.ts';
import type { Prepared, PreparedWorktree } from './prepare.ts';

/** A worktree whose ports are reserved and that git knows, or why it does not. */
export interface ReservedWorktree {
  readonly prepared: PreparedWorktree;
  readonly begun: TakeBack | Failure;
}

/**
 * Reserves the ports of every worktree, then makes branches and worktrees without any file, one after
 * the other: git fails when two are made at once. Whoever calls this holds the lock of the registry.
 */
export async function reserveWorktrees(
  session: Session,
  { survey, worktrees }: Prepared,
): Promise<ReservedWorktree[]> {
  const { host, workspace } = session;
  const maker = ownProcessMark();
  const reserved = worktrees.reduce(
    (registry, { record, facts }) =>
      withRecord(registry, planWorktree(facts).length > 0 ? { ...record, maker } : record),
    survey.registry,
  );
  await applyPlan(
    host,
    workspace.repo,
    planRegistry(host, workspace.location, survey.top, reserved),
  );
  const begun: ReservedWorktree[] = [];
  for (const prepared of worktrees) begun.push({ prepared, begun: await begin(session, prepared) });
  return begun;
}

async function begin(
  { host, workspace: { repo } }: Session,
  { facts }: PreparedWorktree,
): Promise<TakeBack | Failure> {
  try {
    return await applyPlan(host, repo, planBeginning(facts));
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** Changes the registry as it is by now, and what git ignores with it. */
export const changeRegistry = (
  { host, workspace: { repo, location } }: Session,
  top: string | null,
  change: (registry: Registry) => Registry,
): Promise<void> =>
  withRegistryLock(location, async () => {
    const after = change(readRegistry(host, location));
    await applyPlan(host, repo, planRegistry(host, location, top, after));
  });

/** What is known of a worktree that could not be made, or not completed. */
export function giveBack(registry: Registry, { settled, record }: PreparedWorktree): Registry {
  return settled.worktree === null
    ? withoutRecord(registry, record.path)
    : withRecord(registry, { ...record, maker: null });
}
