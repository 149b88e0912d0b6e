import { dirname, isAbsolute, join } from 'node:path';
import { agentNamed } from '../../core/identity/resolve.ts';
import type { ActualWorktree } from '../../core/worktrees/match-worktree.ts';
import { reconcile, type Registry, type WorktreeRecord } from '../../core/worktrees/registry.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { branchOf, isNullOid, type Oid } from '../../domain/refs.ts';
import { listWorktrees, type WorktreeEntry } from '../../git/worktree/list.ts';
import type { Location } from '../../git/worktree/locate.ts';
import type { Files } from '../../host/files.ts';
import { isAlive } from '../../host/process-mark.ts';
import type { Session } from '../session/session.ts';
import { readRegistry } from './registry-file.ts';

/** One worktree with everything that git and the registry know of it. */
export interface SurveyedWorktree extends ActualWorktree {
  /** Git's own name for it; null for the main checkout. */
  readonly id: string | null;
  readonly gitDirectory: string;
  readonly head: Oid | null;
  /** Why it is locked; null when it is not. */
  readonly locked: string | null;
  /** What its binding says, whether or not the policy knows such an agent. */
  readonly binding: string | null;
  readonly record: WorktreeRecord | null;
}

export interface WorktreeSurvey {
  /** What the paths of `ownership.yml` start from: the main checkout, or the bare repository. */
  readonly start: string;
  /** The main checkout; null for a bare repository. */
  readonly top: string | null;
  /** Without what git no longer has. */
  readonly registry: Registry;
  /** The main checkout first. */
  readonly worktrees: readonly SurveyedWorktree[];
}

/** Looks at all worktrees of the repository, wherever in it the command stands. */
export async function surveyWorktrees(session: Session): Promise<WorktreeSurvey> {
  const { host, workspace, policy } = session;
  const { repo, location } = workspace;
  const { files } = host;
  const ownership = policy?.ownership ?? null;
  const entries = await listWorktrees(repo);
  const ids = worktreeIds(files, location);
  const [first, ...others] = entries.map((entry, index) => ({
    entry,
    path: files.resolve(index === 0 ? mainPath(entry, location) : entry.path),
  }));
  const linked = others.flatMap(({ entry, path }): Listed[] => {
    const id = ids.get(path);
    return id === undefined ? [] : [{ entry, path, id }];
  });
  const main: Listed = { ...first!, id: null };
  const present = main.entry.bare ? linked : [main, ...linked];
  const registry = reconcile(readRegistry(host, location), present, isAlive);
  return {
    start: main.path,
    top: main.entry.bare ? null : main.path,
    registry,
    worktrees: present.map((listed) => describe(files, listed, { location, registry, ownership })),
  };
}

/** In a submodule git names the directory of the repository; the work tree is known when we are in it. */
const mainPath = ({ path }: WorktreeEntry, location: Location): string =>
  location.gitDirectory === location.commonDirectory ? (location.top ?? path) : path;

interface Listed {
  readonly entry: WorktreeEntry;
  /** Links resolved. */
  readonly path: string;
  /** Null for the main checkout. */
  readonly id: string | null;
}

function describe(
  files: Files,
  { entry, path, id }: Listed,
  known: {
    readonly location: Location;
    readonly registry: Registry;
    readonly ownership: Ownership | null;
  },
): SurveyedWorktree {
  const common = known.location.commonDirectory;
  const gitDirectory = id === null ? common : join(common, 'worktrees', id);
  const record = known.registry.find((each) => each.path === path) ?? null;
  const binding =
    files
      .read(join(gitDirectory, 'bailiwick', 'agent'))
      ?.toString()
      .trim() || null;
  const bound =
    binding === null || known.ownership === null ? null : agentNamed(known.ownership, binding);
  const state = stateOf(files, path, record);
  return {
    path,
    id,
    main: id === null,
    gitDirectory,
    // Until git has written the branch, HEAD is all zeros.
    head: entry.head === null || isNullOid(entry.head) ? null : entry.head,
    locked: entry.locked,
    binding,
    record,
    state,
    // What was cut short may have neither yet.
    agent: bound ?? (state === 'half-made' ? record!.agent : null),
    branch: entry.branch ? branchOf(entry.branch) : state === 'half-made' ? record!.branch : null,
  };
}

function stateOf(
  files: Files,
  path: string,
  record: WorktreeRecord | null,
): ActualWorktree['state'] {
  if (!files.exists(path)) return 'missing';
  if (record === null || record.maker === null) return 'ready';
  return isAlive(record.maker) ? 'making' : 'half-made';
}

/** Git's names for the linked worktrees, by path; gitrepository-layout(5), `worktrees/<id>/gitdir`. */
function worktreeIds(files: Files, { commonDirectory }: Location): Map<string, string> {
  const directory = join(commonDirectory, 'worktrees');
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
