import { dirname, join } from 'node:path';
import { aliasFor, isOurAlias } from '../../core/install/alias.ts';
import { armSteps } from '../../core/install/managers/husky-worktrees.ts';
import { planInstall } from '../../core/install/plan.ts';
import type { Step } from '../../domain/plan.ts';
import type { Repo } from '../../domain/repo.ts';
import type { Snippet } from '../../domain/reports/init.ts';
import { sharedSetting } from '../../git/worktree/settings.ts';
import type { Host } from '../../host/host.ts';
import type { HookFacts } from './hook-facts.ts';
import { ALIAS_SETTING, CREATED_SETTING, HOME_SETTING, STRICT_SETTING } from './settings.ts';

/** The steps that put the guard where git will run it, and what has to be done by hand. */
export async function planHooks(
  host: Host,
  repo: Repo,
  facts: HookFacts,
): Promise<{ readonly steps: readonly Step[]; readonly snippets: readonly Snippet[] }> {
  const { steps, snippets } = planInstall(facts);
  const armed = facts.manager === 'husky' && facts.hooksPath !== null ? arm(host, facts) : [];
  const home = recordedHome(host, facts);
  const settings = [
    ...(await setting(repo, HOME_SETTING, home, 'worktrees without packages find it here')),
    ...(facts.strict ? await setting(repo, STRICT_SETTING, 'true', 'strict mode stays on') : []),
    ...(await madeDirectory(host, repo, steps)),
  ];
  return { steps: [...settings, ...steps, ...armed], snippets };
}

const arm = ({ files }: Host, { worktrees }: HookFacts): Step[] =>
  armSteps(
    worktrees.map(({ hooksDirectory }) => ({
      hooksDirectory,
      armed: files.exists(join(hooksDirectory, 'h')),
    })),
  );

/** Where a worktree without packages finds this one; rather a checkout's own than a linked worktree's. */
function recordedHome({ files, packageDirectory }: Host, { tops, home }: HookFacts): string {
  const places = tops.map((top) => join(top, home));
  return places.find((place) => files.exists(join(place, 'dist/hook.cjs'))) ?? packageDirectory;
}

/** The step that makes `git bailiwick` work; an alias of that name that is somebody's own stays. */
export async function planAlias(host: Host, repo: Repo, facts: HookFacts): Promise<Step[]> {
  const before = await sharedSetting(repo, ALIAS_SETTING);
  if (before !== null && !isOurAlias(before)) return [];
  const alias = aliasFor(recordedHome(host, facts), facts.tool);
  return setting(repo, ALIAS_SETTING, alias, 'gives every worktree the command');
}

/** A directory that is about to be made for hooks is remembered, so that it can be removed again. */
async function madeDirectory(host: Host, repo: Repo, steps: readonly Step[]): Promise<Step[]> {
  const written = steps.find((step) => step.kind === 'write-file');
  const directory = written ? dirname(written.path) : null;
  if (directory === null || host.files.exists(directory)) return [];
  return setting(repo, CREATED_SETTING, directory, 'the directory for hooks is made');
}

async function setting(repo: Repo, key: string, value: string, why: string): Promise<Step[]> {
  if ((await sharedSetting(repo, key)) === value) return [];
  return [{ kind: 'set-config', key, value, why }];
}
