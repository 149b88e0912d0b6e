import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { isNullOid, type Oid, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { WorktreeOperation } from '../../domain/worktree-operation.ts';
import { listWorktrees, type WorktreeEntry } from '../../git/worktree/list.ts';
import { integrationPaths } from '../../git/worktree/state-paths.ts';
import { effectiveSetting } from '../../git/worktree/settings.ts';
import type { Files } from '../../host/files.ts';
import type { Host } from '../../host/host.ts';
import { readBinding } from '../session/identify.ts';
import { repoAt, repoAtTop } from '../session/repo-at.ts';
import type { Workspace } from '../session/workspace.ts';
import { operationIn } from './operation-in.ts';

/** One worktree, the same wherever in the repository it is looked at from. */
export interface LocatedWorktree {
  /** The top of its work tree; without one, what git calls the repository. Absolute, links resolved. */
  readonly path: string;
  /** Git's own name for it; null for the main one. */
  readonly id: string | null;
  /** It came with the repository. */
  readonly main: boolean;
  /** The one that the command runs in. */
  readonly here: boolean;
  /** It has no work tree: a bare repository, or a main checkout that nobody can find from here. */
  readonly bare: boolean;
  /** Its directory does not exist. */
  readonly missing: boolean;
  /** Its own git directory. Absolute, links resolved. */
  readonly gitDirectory: string;
  /** For git to run there. */
  readonly repo: Repo;
  /** Null where nothing is committed yet, and in a bare repository. */
  readonly head: Oid | null;
  /** What HEAD points at; null when it is detached, and in a bare repository. */
  readonly ref: RefName | null;
  /** Why git is told to keep it, '' without a reason; null when it is not. */
  readonly locked: string | null;
  /** Why git would forget it; null when it would not. */
  readonly prunable: string | null;
  /** The id that its binding says, whether or not the policy knows such an agent. */
  readonly binding: string | null;
  readonly operation: WorktreeOperation | null;
}

/**
 * All worktrees of the repository that somebody may work in, the main one (or the bare repository
 * itself) first. Git lists them and leaves their git directories where gitrepository-layout(5) says, so that git need not be asked
 * in each.
 *
 * @param remembered where the main checkout may be, when git keeps that in no file
 */
export async function locateWorktrees(
  host: Host,
  workspace: Workspace,
  remembered: readonly string[] = [],
): Promise<LocatedWorktree[]> {
  const { files } = host;
  const { repo, location } = workspace;
  const common = files.resolve(location.commonDirectory);
  const [entries, main] = await Promise.all([
    listWorktrees(repo),
    mainCheckout(files, workspace, remembered),
  ]);
  const ids = worktreeIds(files, common);
  const here = files.resolve(location.gitDirectory);
  return entries.flatMap((entry, index): LocatedWorktree[] => {
    if (index === 0) {
      const top = entry.bare ? null : main;
      const path = top ?? files.resolve(entry.path);
      const at = { path, id: null, gitDirectory: common, bare: top === null };
      const inside = here === common && location.top !== null;
      return [describe(host, workspace, entry, { ...at, here: inside })];
    }
    const path = files.resolve(entry.path);
    // Nobody works where landings are validated.
    if (path.startsWith(`${integrationPaths({ commonDirectory: common })}${sep}`)) return [];
    const id = ids.get(path);
    // One that went while we looked.
    if (id === undefined) return [];
    const gitDirectory = join(common, 'worktrees', id);
    const at = { path, id, gitDirectory, bare: false };
    return [describe(host, workspace, entry, { ...at, here: here === gitDirectory })];
  });
}

type Place = Pick<LocatedWorktree, 'bare' | 'gitDirectory' | 'here' | 'id' | 'path'>;

function describe(
  host: Host,
  { repo, location }: Workspace,
  { head, branch, locked, prunable }: WorktreeEntry,
  place: Place,
): LocatedWorktree {
  const { bare, gitDirectory, here, path, id } = place;
  const there = repoAt(repo, path);
  return {
    ...place,
    main: id === null,
    missing: !host.files.exists(path),
    repo: here ? repo : bare ? there : repoAtTop(host.files, there, gitDirectory),
    // Until git has written the branch, HEAD is all zeros.
    head: head === null || isNullOid(head) ? null : head,
    ref: branch,
    locked,
    prunable,
    binding: readBinding(host, { ...location, gitDirectory }),
    operation: operationIn(host.files, gitDirectory),
  };
}

/**
 * The top of the main work tree, links resolved. `git worktree list` names the git directory instead
 * when that is not called `.git`, as in a submodule. Null when nobody can tell: git finds it from the
 * work tree (`git init --separate-git-dir`), and we are in another one.
 */
async function mainCheckout(
  files: Files,
  { repo, location }: Workspace,
  remembered: readonly string[],
): Promise<string | null> {
  const { commonDirectory, gitDirectory, top } = location;
  const common = files.resolve(commonDirectory);
  if (files.resolve(gitDirectory) === common && top !== null) return files.resolve(top);
  const there = repoAt(repo, common);
  const main = { ...there, environment: { ...there.environment, GIT_DIR: common } };
  const configured = await effectiveSetting(main, 'core.worktree');
  if (configured?.value) return files.resolve(resolve(common, configured.value));
  if (basename(common) === '.git') return dirname(common);
  return remembered.find((path) => gitDirectoryIn(files, path) === common) ?? null;
}

/** What the `.git` file of a work tree points at, links resolved; null when it has none. */
function gitDirectoryIn(files: Files, path: string): string | null {
  const link = join(path, '.git');
  if (!files.isFile(link)) return null;
  const target = /^gitdir: (.+)\n*$/.exec(files.read(link)?.toString() ?? '')?.[1];
  return target === undefined ? null : files.resolve(resolve(path, target));
}

/** Git's names for the linked worktrees, by path; gitrepository-layout(5), `worktrees/<id>/gitdir`. */
function worktreeIds(files: Files, common: string): Map<string, string> {
  const directory = join(common, 'worktrees');
  return new Map(
    files.list(directory).flatMap((id): [string, string][] => {
      const text = files
        .read(join(directory, id, 'gitdir'))
        ?.toString()
        .replace(/\n$/, '');
      if (!text) return [];
      const absolute = isAbsolute(text) ? text : join(directory, id, text);
      return [[files.resolve(dirname(absolute)), id]];
    }),
  );
}
