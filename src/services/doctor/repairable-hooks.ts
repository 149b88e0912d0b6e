import { basename } from 'node:path';
import type { Step } from '../../domain/plan.ts';
import type { HookFinding, WorktreeHealth } from '../../domain/reports/doctor.ts';
import { ALL_GUARD_EVENTS } from '../../domain/reports/init.ts';
import { locateRepository } from '../../git/worktree/locate.ts';
import type { Host } from '../../host/host.ts';
import { type HookFacts, readHookFacts } from '../install/hook-facts.ts';
import { HOME_SETTING } from '../install/settings.ts';
import type { Workspace } from '../session/workspace.ts';
import { planHookRepair } from './plan-repair.ts';

/** Says whether a repair would change what git runs for an event in a worktree. */
export type RepairableHooks = (worktree: WorktreeHealth, hook: HookFinding) => boolean;

/**
 * Plans the repair of each worktree whose hooks fail: what it would not touch, it does not repair, whatever
 * the fault looks like.
 */
export async function repairableHooks(
  host: Host,
  workspace: Workspace,
  facts: HookFacts,
  worktrees: readonly WorktreeHealth[],
): Promise<RepairableHooks> {
  const plans = new Map<string, readonly Step[]>();
  for (const { path, here, hooks } of worktrees) {
    if (hooks.every(({ state }) => state === 'active')) continue;
    const { repo } = facts.worktrees.find((each) => each.path === path)!;
    const there = here ? workspace : { repo, location: await locateRepository(repo) };
    const own = here ? facts : await readHookFacts(host, there);
    plans.set(path, await planHookRepair(host, there.repo, own));
  }
  return ({ path, directory }, hook) =>
    (plans.get(path) ?? []).some((step) => concerns(step, directory, hook));
}

function concerns(step: Step, directory: string, { event, state }: HookFinding): boolean {
  if (step.kind === 'set-config') return step.key === HOME_SETTING && state === 'failing';
  if (step.kind === 'copy-directory') return step.to === directory;
  if (!('path' in step)) return false;
  const name = basename(step.path).replace(/\.legacy$/, '');
  const isHook = [...ALL_GUARD_EVENTS, 'post-checkout'].some((each) => each === name);
  // Any other file is the configuration of a manager, which is about all of them.
  return isHook ? name === event : true;
}
