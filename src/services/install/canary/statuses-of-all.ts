import type { HookStatus } from '../../../domain/reports/init.ts';
import type { Host } from '../../../host/host.ts';
import type { HookFacts } from '../hook-facts.ts';
import { statusesOf, withHookCanary } from './hook-canary.ts';

/** What git does for each event in every worktree, tried out, by the top of the worktree. */
export async function statusesOfAll(
  host: Host,
  facts: HookFacts | null,
): Promise<ReadonlyMap<string, readonly HookStatus[]>> {
  if (facts === null) return new Map();
  return withHookCanary(
    host,
    async (canary) =>
      new Map(
        await Promise.all(
          facts.worktrees.map(
            async (each) => [each.path, statusesOf(await canary.proofs(each))] as const,
          ),
        ),
      ),
    { each: false },
  );
}
