import type { RepoPath } from '../../../domain/path.ts';
import { arrange } from './arrange.ts';
import { makeProblem } from './arrangement.ts';
import { coChanges } from './co-change.ts';
import { crossingFiles } from './crossing-files.ts';
import { fileHistories, makeUnits } from './units.ts';

/** One commit of the past, by what it changed. */
export interface PastCommit {
  readonly paths: readonly RepoPath[];
}

/** Which part each file is in, and those that are better shared by all. */
export interface Division {
  /** Numbered from 0; every number is used. */
  readonly partOf: ReadonlyMap<RepoPath, number>;
  /** Files that change with every part; most changed first. */
  readonly shared: readonly RepoPath[];
}

/** A file that is in more of the commits than this is looked at as everybody's, to begin with. */
const EVERYWHERE = 0.04;
/** It is shared in the end when that keeps this share of commits within one part. */
const WORTH_SHARING = 0.005;
/** More than this many shared files are no longer an exception. */
const MOST_SHARED = 15;
/** In a history shorter than this, frequent means nothing. */
const FEW_COMMITS = 50;

/**
 * Divides files into so many parts that as many commits as possible lie within one, none much larger
 * than the others.
 *
 * @param paths the files to divide
 * @param commits newest first; files of theirs that are not among `paths` do not count
 * @param parts how many are wanted; there are fewer where there is less to divide
 */
export function divide(
  paths: readonly RepoPath[],
  commits: readonly PastCommit[],
  parts: number,
): Division {
  const here = new Set(paths);
  const known = commits
    .map((commit) => ({ paths: commit.paths.filter((path) => here.has(path)) }))
    .filter((commit) => commit.paths.length > 0);
  const enough = Math.max(2, WORTH_SHARING * known.length);
  const shared = new Set(
    known.length < FEW_COMMITS
      ? []
      : [...fileHistories(known)]
          .filter(([, { times }]) => times > EVERYWHERE * known.length)
          .sort((a, b) => b[1].times - a[1].times)
          .map(([path]) => path)
          .slice(0, MOST_SHARED),
  );
  let partOf = assign(paths, known, parts, shared);
  if (known.length < FEW_COMMITS) return { partOf, shared: [] };
  const more = crossingFiles(known, (path) => partOf.get(path) ?? null, {
    most: MOST_SHARED - shared.size,
    enough,
  });
  for (const { path } of more) shared.add(path);
  if (more.length > 0) partOf = assign(paths, known, parts, shared);
  const own = [...shared].filter((path) => strangers(path, known, partOf, parts) < enough);
  for (const path of own) shared.delete(path);
  if (own.length > 0) partOf = assign(paths, known, parts, shared);
  return { partOf, shared: [...shared] };
}

function assign(
  paths: readonly RepoPath[],
  commits: readonly PastCommit[],
  parts: number,
  shared: ReadonlySet<RepoPath>,
): Map<RepoPath, number> {
  const divided = paths.filter((path) => !shared.has(path));
  const left = commits
    .map((commit) => ({ paths: commit.paths.filter((path) => !shared.has(path)) }))
    .filter((commit) => commit.paths.length > 0);
  const units = makeUnits(divided, fileHistories(left));
  if (units.length === 0) return new Map();
  const problem = makeProblem(units, coChanges(units, left), Math.min(parts, units.length));
  const numbers = new Map<number, number>();
  const partOf = new Map<RepoPath, number>();
  for (const [unit, part] of arrange(problem).partOf.entries()) {
    const number = numbers.get(part) ?? numbers.size;
    numbers.set(part, number);
    for (const file of units[unit]!.files) partOf.set(file, number);
  }
  return partOf;
}

/** How many commits would reach into a second part, were the file in the part that suits it best. */
function strangers(
  file: RepoPath,
  commits: readonly PastCommit[],
  partOf: ReadonlyMap<RepoPath, number>,
  parts: number,
): number {
  const reach = new Array<number>(parts).fill(0);
  let within = 0;
  for (const { paths } of commits) {
    if (!paths.includes(file)) continue;
    const others = new Set(
      paths.flatMap((path) => (path === file ? [] : (partOf.get(path) ?? []))),
    );
    if (others.size !== 1) continue;
    within += 1;
    reach[[...others][0]!]! += 1;
  }
  return within - Math.max(...reach);
}
