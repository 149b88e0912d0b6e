import { join, relative } from 'node:path';
import {
  detectManager,
  huskyDirectory,
  type ManagerFacts,
} from '../../core/install/managers/manager.ts';
import { PRE_COMMIT_FILE } from '../../core/install/managers/pre-commit-entry.ts';
import { type ConfigHook, configHooksIn } from '../../core/install/config-hooks.ts';
import type { InstallFacts } from '../../core/install/plan.ts';
import { SIMPLE_GIT_HOOKS_FILES } from '../../core/install/managers/simple-git-hooks.ts';
import { relativeHome } from '../../core/install/relative-home.ts';
import type { Repo } from '../../domain/repo.ts';
import { shortRef } from '../../domain/refs.ts';
import {
  effectiveSetting,
  type Setting,
  settingsBelow,
  sharedSetting,
} from '../../git/worktree/settings.ts';
import type { Files } from '../../host/files.ts';
import type { Host } from '../../host/host.ts';
import { type HooksDirectories, hooksDirectories } from '../layout/hooks-directories.ts';
import { type LocatedWorktree, locateWorktrees } from '../layout/locate-worktrees.ts';
import type { Workspace } from '../session/workspace.ts';
import { findLefthook } from './lefthook-files.ts';
import { packageToolAt } from './package-tool-at.ts';
import { readText } from './read-text.ts';
import { STRICT_SETTING } from './settings.ts';
import { simpleGitHooksFile } from './simple-git-hooks-file.ts';
import { hookFile, type WorktreeHooks, worktreeHooks } from './worktree-hooks.ts';

/** Everything there is to know about the hooks of a repository, read from git and its files. */
export interface HookFacts extends InstallFacts {
  readonly commonDirectory: string;
  /** The hooks of strict mode are among `events`. */
  readonly strict: boolean;
  /** `core.hooksPath` as git uses it; null when it is not set. */
  readonly hooksPath: Setting | null;
  readonly configHooks: readonly ConfigHook[];
  /** The worktree `init` stands in first, then the others that have a directory. */
  readonly worktrees: readonly WorktreeFacts[];
  /** Tops of all worktrees, the main one first. */
  readonly tops: readonly string[];
  /** There is a `package.json`, and bailiwick is not installed where its packages are. */
  readonly notInstalled: boolean;
  /** See `ManagerFacts`. */
  readonly roots: readonly string[];
}

/** The hooks of one worktree. */
export interface WorktreeFacts extends WorktreeHooks {
  readonly path: string;
  /** As git abbreviates it; null when HEAD is detached. */
  readonly branch: string | null;
  readonly repo: Repo;
  readonly gitDirectory: string;
}

/**
 * Reads the facts. `workspace` must have a work tree.
 *
 * @param wanted look at the hooks of strict mode, whatever the repository's setting says
 */
export async function readHookFacts(
  host: Host,
  workspace: Workspace,
  wanted = false,
): Promise<HookFacts> {
  const { repo, location } = workspace;
  const { files } = host;
  const top = location.top ?? repo.directory;
  const [hooksPath, configHooks, located, hooksOf, strictly] = await Promise.all([
    effectiveSetting(repo, 'core.hooksPath'),
    settingsBelow(repo, 'hook'),
    locateWorktrees(host, workspace),
    hooksDirectories(workspace),
    sharedSetting(repo, STRICT_SETTING),
  ]);
  const strict = wanted || strictly === 'true';
  const others = located.filter(({ bare, here, missing }) => !bare && !here && !missing);
  const worktrees = await readWorktrees(host, workspace, { top, others, hooksOf, strict });
  const here = worktrees[0]!;
  const tops = located.map(({ path }) => path);
  const roots = [...tops, files.resolve(location.commonDirectory)];
  const manager = readManagerFacts(files, { top, roots, here, hooksPathSet: hooksPath !== null });
  const husky = huskyDirectory(manager);
  const home = relativeHome(files.resolve(host.packageDirectory), tops);
  const packageJson = { path: join(top, 'package.json'), content: manager.packageJson ?? '' };
  const preCommit = join(top, PRE_COMMIT_FILE);
  return {
    top,
    commonDirectory: location.commonDirectory,
    strict,
    hooksPath,
    configHooks: configHooksIn(configHooks),
    worktrees,
    tops,
    roots,
    manager: detectManager(manager),
    events: here.events.map((each) => ({
      ...each,
      script: hookFile(files, join(husky, each.event)),
    })),
    // Only where husky's own files are: alone it would make git pass over all others.
    transactions: worktrees.flatMap(({ events, hooksDirectory }) =>
      events.filter(
        ({ event }) => event === 'reference-transaction' && files.exists(join(hooksDirectory, 'h')),
      ),
    ),
    postCheckout: hookFile(files, join(husky, 'post-checkout')),
    huskyDirectory: relative(top, husky),
    lefthook: manager.lefthook ?? { path: join(top, 'lefthook.yml'), content: '' },
    packageJson,
    preCommit: { path: preCommit, content: readText(files, preCommit) ?? '' },
    simpleGitHooks: simpleGitHooksFile(files, top, packageJson),
    home,
    tool: packageToolAt(files, top, manager.packageJson),
    notInstalled: manager.packageJson !== null && !files.exists(join(tops[0]!, home)),
  };
}

/** The worktree `init` stands in, and the others. */
function readWorktrees(
  { files }: Host,
  { repo, location }: Workspace,
  {
    top,
    others,
    hooksOf,
    strict,
  }: {
    readonly top: string;
    readonly others: readonly LocatedWorktree[];
    readonly hooksOf: HooksDirectories;
    readonly strict: boolean;
  },
): Promise<WorktreeFacts[]> {
  return Promise.all(
    [
      { path: top, ref: location.head, here: true, repo, gitDirectory: location.gitDirectory },
      ...others,
    ].map(async (each): Promise<WorktreeFacts> => ({
      path: each.path,
      branch: each.ref && shortRef(each.ref),
      repo: each.repo,
      gitDirectory: each.gitDirectory,
      ...worktreeHooks(files, each, location, await hooksOf(each), strict),
    })),
  );
}

/** What tells which tool looks after the hooks. */
function readManagerFacts(
  files: Files,
  {
    here,
    ...known
  }: Pick<ManagerFacts, 'hooksPathSet' | 'roots' | 'top'> & { readonly here: WorktreeFacts },
): ManagerFacts {
  const { top } = known;
  return {
    ...known,
    hooksDirectory: here.hooksDirectory,
    hasHuskyDirectory: files.exists(join(top, '.husky')),
    packageJson: readText(files, join(top, 'package.json')),
    lefthook: findLefthook(files, top),
    hasSimpleGitHooksFile: SIMPLE_GIT_HOOKS_FILES.some((name) => files.exists(join(top, name))),
    hasOvercommitFile: files.exists(join(top, '.overcommit.yml')),
    hookContents: here.events.flatMap(({ hook }) => hook.content ?? []),
  };
}
