import { isOurs } from '../../core/install/is-ours.ts';
import { basename, dirname, join } from 'node:path';
import { isOurAlias } from '../../core/install/alias.ts';
import { chainedPath } from '../../core/install/hook-file.ts';
import { HUSKY_SCRIPT } from '../../core/install/managers/husky-four.ts';
import { legacyPath, OVERCOMMIT_OLD_HOOKS } from '../../core/install/managers/manager.ts';
import { planUninstall } from '../../core/install/uninstall.ts';
import type { Step } from '../../domain/plan.ts';
import type { Repo } from '../../domain/repo.ts';
import { ALL_GUARD_EVENTS } from '../../domain/reports/init.ts';
import { sharedSetting } from '../../git/worktree/settings.ts';
import type { Host } from '../../host/host.ts';
import type { HookFacts } from './hook-facts.ts';
import { hookFile } from './worktree-hooks.ts';
import { ALIAS_SETTING, CREATED_SETTING, HOME_SETTING, STRICT_SETTING } from './settings.ts';

/** The steps that take out everything `init` did, wherever it may have done it. */
export async function planRemoval(host: Host, repo: Repo, facts: HookFacts): Promise<Step[]> {
  const asideOf = (path: string): string =>
    join(dirname(path), OVERCOMMIT_OLD_HOOKS, basename(path));
  const aside = facts.events.map(({ hook }) => asideOf(hook.path));
  const places = new Set([
    ...facts.events.flatMap(({ hook, script }) => [hook.path, legacyPath(hook.path), script.path]),
    ...aside,
    ...ALL_GUARD_EVENTS.map((event) => join(facts.commonDirectory, 'hooks', event)),
    ...facts.worktrees.flatMap(({ events }) => events.map(({ hook }) => hook.path)),
    facts.postCheckout.path,
  ]);
  const hooks = [...places]
    // husky writes what is in `_`, but for the hook it does not know; see also `isOurs`.
    .filter(
      (path) =>
        isOurs(facts, path) &&
        (basename(dirname(path)) !== '_' || basename(path) === 'reference-transaction'),
    )
    .map((path) => ({
      file: hookFile(host.files, path),
      chained: hookFile(host.files, chainedPath(path)),
      huskyFour: host.files.exists(join(dirname(path), HUSKY_SCRIPT)),
    }));
  const hasAside = aside.some((path) => host.files.exists(path) && isOurs(facts, path));
  const createdDirectory = await sharedSetting(repo, CREATED_SETTING);
  const home = await sharedSetting(repo, HOME_SETTING);
  const alias = await sharedSetting(repo, ALIAS_SETTING);
  const strict = await sharedSetting(repo, STRICT_SETTING);
  return planUninstall({
    hooks,
    lefthook: facts.lefthook,
    preCommit: facts.preCommit,
    simpleGitHooks: [facts.packageJson, facts.simpleGitHooks],
    settings: [
      ...(home === null ? [] : [HOME_SETTING]),
      ...(strict === null ? [] : [STRICT_SETTING]),
      ...(createdDirectory === null ? [] : [CREATED_SETTING]),
      ...(alias !== null && isOurAlias(alias) ? [ALIAS_SETTING] : []),
    ],
    emptied: [
      ...(hasAside ? [dirname(aside[0]!)] : []),
      ...(createdDirectory === null ? [] : [createdDirectory]),
    ],
  });
}
