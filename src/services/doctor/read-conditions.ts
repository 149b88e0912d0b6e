import { join } from 'node:path';
import type { ConfigurationFile } from '../../core/install/managers/manager.ts';
import type { ManagerCondition } from '../../core/install/managers/manager-condition.ts';
import { managerConditions } from '../../core/install/managers/manager-conditions.ts';
import { SIMPLE_GIT_HOOKS_FILES } from '../../core/install/managers/simple-git-hooks.ts';
import type { Files } from '../../host/files.ts';
import type { Host } from '../../host/host.ts';
import { outsideRunner } from '../install/canary/outside-runner.ts';
import type { HookFacts } from '../install/hook-facts.ts';
import { readLefthookFiles } from '../install/lefthook-files.ts';
import { readText } from '../install/read-text.ts';

/** Everything that keeps the manager from running the guard, always or at times. */
export function readConditions(host: Host, facts: HookFacts): ManagerCondition[] {
  const { files, environment } = host;
  const { top, manager, packageJson, commonDirectory } = facts;
  const lefthook = readLefthookFiles(files, top, commonDirectory);
  const read = (path: string): ConfigurationFile[] => {
    const content = readText(files, path);
    return content === null ? [] : [{ path, content }];
  };
  const config = environment['XDG_CONFIG_HOME'] ?? join(environment['HOME'] ?? '/', '.config');
  return managerConditions({
    manager,
    lefthook: lefthook.files,
    lefthookUnread: lefthook.unread,
    huskyInit: [
      ...read(join(config, 'husky/init.sh')),
      ...(readsRc(files, facts) ? read(join(environment['HOME'] ?? '/', '.huskyrc')) : []),
    ],
    preCommit: facts.preCommit.content === '' ? null : facts.preCommit,
    simpleGitHooks: [
      ...SIMPLE_GIT_HOOKS_FILES.flatMap((name) => read(join(top, name))),
      ...(packageJson.content === '' ? [] : [packageJson]),
    ],
    environment: outsideRunner(environment),
  });
}

/** husky before version 9 reads it; later ones only say that nobody reads it any more. */
const readsRc = (files: Files, { worktrees }: HookFacts): boolean =>
  worktrees.some(({ hooksDirectory }) =>
    ['h', 'husky.sh'].some((name) =>
      /^\s*\. .*\.huskyrc/m.test(readText(files, join(hooksDirectory, name)) ?? ''),
    ),
  );
