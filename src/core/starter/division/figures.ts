import type { AgentId } from '../../../domain/ids.ts';
import type { Glob } from '../../../domain/ownership.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { DivisionFigures } from '../../../domain/reports/init.ts';
import { compileGlob } from '../../glob/compile.ts';
import { makeGlobSet } from '../../glob/glob-set.ts';
import { readGlob } from '../read-glob.ts';
import type { StarterAgent, StarterPart } from '../starter.ts';
import { crossingFiles } from './crossing-files.ts';
import type { PastCommit } from './divide.ts';
import { topFolders } from './top-folders.ts';

/** Files named as the worst; three can be looked at, thirty cannot. */
const WORST = 3;

/** How a proposal would have fared: what each agent has, and how many commits lie within one part. */
export function divisionFigures(
  agents: readonly StarterAgent[],
  parts: readonly StarterPart[],
  paths: readonly RepoPath[],
  commits: readonly PastCommit[],
): DivisionFigures {
  const ownerOf = ownerSearch(agents, parts);
  const files = new Map<AgentId | null, number>();
  for (const path of paths) count(files, ownerOf(path), 1);
  const changes = new Map<AgentId | null, number>();
  const folderOf = topFolders(paths, agents.length);
  const sizes = new Map<number | null, number>();
  for (const path of paths) count(sizes, folderOf(path), 1);
  const here = new Set(paths);
  let within = 0;
  let byFolders = 0;
  for (const commit of commits) {
    const owners = new Set<AgentId>();
    const folders = new Set<number>();
    for (const path of commit.paths) {
      const owner = ownerOf(path);
      count(changes, owner, 1 / commit.paths.length);
      if (owner === null) continue;
      owners.add(owner);
      const folder = folderOf(path);
      if (folder !== null) folders.add(folder);
    }
    if (owners.size <= 1) within += 1;
    if (folders.size <= 1) byFolders += 1;
  }
  const total = [...changes.values()].reduce((sum, each) => sum + each, 0);
  const share = (of: number, all: number): number => (all === 0 ? 0 : of / all);
  return {
    commits: commits.length,
    within,
    byFolders,
    largestByFolders: share(
      Math.max(0, ...[...sizes].flatMap(([part, size]) => (part === null ? [] : [size]))),
      paths.length,
    ),
    parts: agents.map(({ id }) => ({
      agent: id,
      files: share(files.get(id) ?? 0, paths.length),
      changes: share(changes.get(id) ?? 0, total),
    })),
    // Of what is gone by now nobody can make a shared file.
    crossing: crossingFiles(commits, (path) => (here.has(path) ? ownerOf(path) : null), {
      most: WORST,
      enough: 2,
    }),
  };
}

/** Whose a path is; null for what several may change, and what nobody owns. */
function ownerSearch(
  agents: readonly StarterAgent[],
  parts: readonly StarterPart[],
): (path: RepoPath) => AgentId | null {
  const compiled = (texts: readonly string[]): Glob[] =>
    texts.flatMap((text) => {
      const syntax = readGlob(text);
      return syntax === null ? [] : [compileGlob(syntax, 'proposal')];
    });
  const entries = (
    texts: readonly string[],
    value: Claim,
  ): { readonly glob: Glob; readonly value: Claim }[] =>
    compiled(texts).map((glob) => ({ glob, value }));
  const set = makeGlobSet<Claim>([
    ...parts.flatMap(({ kind, agents: several, paths }) =>
      entries(paths, { kind, agent: several.length === 1 ? several[0]! : null }),
    ),
    ...agents.flatMap(({ id, owns, except }) => [
      ...entries(owns, { kind: 'owns', agent: id }),
      ...entries(except, { kind: 'except', agent: id }),
    ]),
  ]);
  return (path) => {
    const found = set.find(path);
    for (const kind of ['reserved', 'shared'] as const) {
      const part = found.find((claim) => claim.kind === kind);
      if (part) return part.agent;
    }
    const holes = found.filter(({ kind }) => kind === 'except').map(({ agent }) => agent);
    return (
      found.find(({ kind, agent }) => kind === 'owns' && !holes.includes(agent))?.agent ?? null
    );
  };
}

interface Claim {
  readonly kind: 'except' | 'owns' | 'reserved' | 'shared';
  readonly agent: AgentId | null;
}

const count = <Key>(counts: Map<Key, number>, key: Key, by: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + by);
