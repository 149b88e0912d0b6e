import { compare } from '../../../domain/finding.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { directoriesAbove, type RepoPath } from '../../../domain/path.ts';
import { findLockfiles } from '../lockfiles.ts';
import { findMigrations } from '../migrations.ts';
import { agentNames, partNames } from '../names.ts';
import { literalGlob, readGlob } from '../read-glob.ts';
import { setAside } from '../set-aside.ts';
import type { Starter, StarterAgent, StarterPart } from '../starter.ts';
import { divide, type PastCommit } from './divide.ts';
import { divisionRemarks } from './division-remarks.ts';
import { divisionFigures } from './figures.ts';
import { type PartGlobs, partGlobs } from './part-globs.ts';

export interface DivisionOptions {
  /** How many agents are wanted. */
  readonly agents: number;
  /** Whether to look at `commits`, or at the folders alone. */
  readonly from: 'folders' | 'history';
  /** Files of the guard itself, which no agent may change. */
  isControl(path: RepoPath): boolean;
}

/**
 * Proposes a policy that divides a tree among so many agents. What all of them change is shared, where
 * the order of files matters one agent writes, and everything else is of exactly one.
 *
 * @param commits newest first
 */
export function divisionStarter(
  tracked: readonly RepoPath[],
  commits: readonly PastCommit[],
  { agents: wanted, from, isControl }: DivisionOptions,
): Starter {
  const lockfiles = new Set<string>(findLockfiles(tracked).map(({ path }) => path));
  const paths = tracked.filter((path) => !isControl(path) && !lockfiles.has(path));
  const { manifests, top } = setAside(paths);
  const aside = new Set([...manifests, ...top]);
  const own = paths.filter((path) => !aside.has(path));
  const past = from === 'history' ? commits : [];
  const { partOf, shared } = divide(own, past, wanted);
  const count = new Set(partOf.values()).size;
  const { globs, left } = partGlobs(partOf, count);
  const agents = globs.map(agentMaker(partOf));
  const ids = agents.map(({ id }) => id);
  const parts = [
    ...sharedPart('manifests', manifests, ids, 'none'),
    ...sharedPart('top', top, ids, 'none'),
    ...sharedPart('hot', shared, ids, 'advised'),
    ...migrationParts(paths, partOf, ids),
  ];
  const judged = withoutControl(commits, (path) => isControl(path) || lockfiles.has(path));
  const figures = divisionFigures(agents, parts, paths, judged);
  return { from, remarks: divisionRemarks(from, figures, wanted, left), agents, parts, figures };
}

/** Commits by what agents could have changed of them; those of the guard's files alone are left out. */
const withoutControl = (
  commits: readonly PastCommit[],
  isOutside: (path: RepoPath) => boolean,
): PastCommit[] =>
  commits
    .map(({ paths }) => ({ paths: paths.filter((path) => !isOutside(path)) }))
    .filter(({ paths }) => paths.length > 0);

/** Names each part for the directory that most of it lies in. */
function agentMaker(
  partOf: ReadonlyMap<RepoPath, number>,
): (globs: PartGlobs, part: number) => StarterAgent {
  const names = agentNames();
  return ({ owns, except, places: named }, part) => {
    const files = [...partOf].filter(([, of]) => of === part).map(([path]) => path);
    const places = largestPlaces(named, files);
    const title = places.slice(0, NAMED).join(', ');
    const more = places.length > NAMED ? ` and ${places.length - NAMED} more` : '';
    return {
      id: names.of(`part ${part}`, [...nameOf(files, places), `part-${part + 1}`]),
      title: `${title}${more}`,
      aliases: [],
      owns,
      except,
    };
  };
}

/** Places that a title names. */
const NAMED = 3;

/** What a part owns, as a person says it, the largest first. */
function largestPlaces(places: readonly string[], files: readonly RepoPath[]): string[] {
  const size = (place: string): number =>
    files.filter((file) => file === place || file.startsWith(`${place}/`)).length;
  const sizes = new Map(places.map((place) => [place, size(place)]));
  return [...places].sort((a, b) => sizes.get(b)! - sizes.get(a)! || compare(a, b));
}

/**
 * The place that holds most of the files, when it holds half of them; else directories that do, from
 * the innermost out.
 */
function nameOf(files: readonly RepoPath[], places: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of files)
    for (const directory of directoriesAbove(path))
      counts.set(directory, (counts.get(directory) ?? 0) + 1);
  const most = [...counts].filter(([, count]) => count * 2 >= files.length);
  const largest = [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).slice(0, 2);
  const place = most.filter(([path]) => path === places[0]);
  return [...place, ...most.sort((a, b) => b[0].length - a[0].length), ...largest].map(([path]) =>
    path.split('/').at(-1)!,
  );
}

function sharedPart(
  name: string,
  files: readonly RepoPath[],
  agents: readonly AgentId[],
  lock: StarterPart['lock'],
): StarterPart[] {
  const paths = files.map(literalGlob).filter((glob) => readGlob(glob) !== null);
  if (paths.length === 0 || agents.length === 0) return [];
  return [{ kind: 'shared', name: partNames().of(name), paths, agents, lock }];
}

/** Each chain of migrations is written by the agent that has most of it. */
function migrationParts(
  paths: readonly RepoPath[],
  partOf: ReadonlyMap<RepoPath, number>,
  ids: readonly AgentId[],
): StarterPart[] {
  const globs = new Map<number, string[]>();
  for (const { globs: texts, files } of findMigrations(paths)) {
    const counts = ids.map((_, part) => files.filter((file) => partOf.get(file) === part).length);
    const writer = counts.indexOf(Math.max(...counts));
    const usable = texts.filter((text) => readGlob(text) !== null);
    if (writer >= 0 && usable.length > 0)
      globs.set(writer, [...(globs.get(writer) ?? []), ...usable]);
  }
  const names = partNames();
  return [...globs].map(([writer, texts]) => ({
    kind: 'reserved',
    name: names.of(`migrations ${writer}`, ['migrations', `migrations-${ids[writer]}`]),
    paths: texts,
    agents: [ids[writer]!],
    lock: 'none',
    reason: 'one writer keeps migrations in order',
  }));
}
