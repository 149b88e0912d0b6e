import { dirname, join } from 'node:path';
import { diagnoseHooks } from '../../core/install/diagnose-hooks.ts';
import { isOurs } from '../../core/install/is-ours.ts';
import { dependsOn } from '../../core/install/managers/manager.ts';
import type { Diagnosis, HookFinding, WorktreeHealth } from '../../domain/reports/doctor.ts';
import type { Host } from '../../host/host.ts';
import { nodeRuntime } from '../../host/runtime.ts';
import type { HookFacts } from '../install/hook-facts.ts';
import type { Workspace } from '../session/workspace.ts';
import { readConditions } from './read-conditions.ts';
import { repairableHooks } from './repairable-hooks.ts';

/** What is wrong with the hooks of all worktrees, each with what helps. */
export async function examineHooks(
  host: Host,
  workspace: Workspace,
  facts: HookFacts,
  worktrees: readonly WorktreeHealth[],
): Promise<Diagnosis[]> {
  const { files } = host;
  const { manager, tool, packageJson } = facts;
  const standard = join(files.resolve(facts.commonDirectory), 'hooks');
  return diagnoseHooks({
    manager,
    tool,
    worktrees,
    conditions: readConditions(host, facts),
    link: files.isLink(standard) ? standard : null,
    hasHusky: dependsOn(packageJson.content, 'husky'),
    nodeDirectory: dirname(nodeRuntime().path),
    isOutside: (directory) => !isOurs(facts, directory),
    isDirectory: (path) => files.isDirectory(path),
    lacksInterpreter: ({ interpreter }: HookFinding) => {
      const [program = ''] = interpreter?.split(' ') ?? [];
      return program.startsWith('/') && !files.exists(program);
    },
    isRepairable: await repairableHooks(host, workspace, facts, worktrees),
  });
}
