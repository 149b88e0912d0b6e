import { compare } from '../../domain/finding.ts';
import type { RepoPath } from '../../domain/path.ts';
import { type Folder, findFolders, folderOf } from './folders.ts';
import { agentNames, partNames } from './names.ts';
import { literalGlob } from './read-glob.ts';
import type { Starter, StarterAgent, StarterPart } from './starter.ts';

/** Who made one commit, and what it changed. */
export interface Authored {
  readonly author: string;
  readonly paths: readonly RepoPath[];
}

/** Someone who made this share of the changes of a folder is one of those who work there. */
const TAKES_PART = 0.2;

/**
 * Proposes an agent for each person who makes most of the changes of some folder, with those
 * folders; or, where all history is one person's work, an agent for each folder.
 */
export function folderStarter(paths: readonly RepoPath[], commits: readonly Authored[]): Starter {
  const folders = findFolders(paths);
  const shares = countChanges(folders, commits);
  const leaders = new Set(folders.flatMap(({ path }) => leaderOf(shares.get(path)) ?? []));
  return leaders.size > 1 ? byAuthor(folders, shares, commits.length) : byFolder(folders);
}

/** For each folder, how many commits of each author touched it. */
type Shares = ReadonlyMap<string, ReadonlyMap<string, number>>;

function countChanges(folders: readonly Folder[], commits: readonly Authored[]): Shares {
  const known = new Set(folders.map(({ path }) => path));
  const shares = new Map<string, Map<string, number>>();
  for (const { author, paths } of commits) {
    if (author.endsWith('[bot]')) continue;
    for (const folder of new Set(paths.map((path) => folderOf(path, known)))) {
      if (folder === null) continue;
      const counts = shares.get(folder) ?? new Map<string, number>();
      shares.set(folder, counts.set(author, (counts.get(author) ?? 0) + 1));
    }
  }
  return shares;
}

/** The author of more than half of the commits, or null. */
function leaderOf(counts: ReadonlyMap<string, number> = new Map()): string | null {
  const total = sum(counts);
  return [...counts].find(([, count]) => count * 2 > total)?.[0] ?? null;
}

function byFolder(folders: readonly Folder[]): Starter {
  const names = agentNames();
  const agents = folders.map(({ path }): StarterAgent => {
    const id = names.of(path, [path.split('/').at(-1)!]);
    return { id, title: path, aliases: [], owns: [`${literalGlob(path)}/**`], except: [] };
  });
  const remarks = [
    'Proposed from the folders: one agent for each. Join those that belong together.',
  ];
  return { from: 'folders', remarks, agents, parts: [] };
}

function byAuthor(folders: readonly Folder[], shares: Shares, commits: number): Starter {
  const names = agentNames();
  const parts = partNames();
  const owns = new Map<string, string[]>();
  const shared: StarterPart[] = [];
  for (const { path } of folders) {
    const counts = shares.get(path) ?? new Map<string, number>();
    const glob = `${literalGlob(path)}/**`;
    const leader = leaderOf(counts);
    const several = leader === null ? takingPart(counts) : [leader];
    for (const author of several) owns.set(author, owns.get(author) ?? []);
    if (several.length === 1) owns.get(several[0]!)!.push(glob);
    else if (several.length > 1)
      shared.push({
        kind: 'shared',
        name: parts.of(path),
        paths: [glob],
        agents: several.map((author) => names.of(author)),
        lock: 'required',
      });
  }
  const agents = [...owns].map(([author, globs]): StarterAgent => {
    return {
      id: names.of(author),
      title: author,
      aliases: [],
      owns: globs,
      except: [],
    };
  });
  const remarks = [
    `Proposed from who made most of the changes of each folder in the last ${commits} commits.`,
    'A folder nobody made half of is shared by those who made a fifth of its changes or more.',
  ];
  return {
    from: 'history',
    remarks,
    agents: agents.sort((a, b) => compare(a.id, b.id)),
    parts: shared,
  };
}

/** Everyone with a fair share, most first. */
function takingPart(counts: ReadonlyMap<string, number>): string[] {
  const least = sum(counts) * TAKES_PART;
  const fair = [...counts].filter(([, count]) => count >= least);
  return fair.sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).map(([author]) => author);
}

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, count) => total + count, 0);
