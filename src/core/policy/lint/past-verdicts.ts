import { compare } from '../../../domain/finding.ts';
import type { AgentId } from '../../../domain/ids.ts';
import type { Ownership } from '../../../domain/ownership.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { PastVerdicts } from '../../../domain/reports/lint.ts';
import type { GuardAnswer, LintFacts } from './context.ts';

/** Paths that are named; more would not be read. */
const WORST = 5;
/** Layers that are for people alone. */
const PEOPLE = new Set<GuardAnswer['layer']>(['control', 'frozen', 'local', 'unsafe']);

/**
 * How the policy would have judged past commits. Who made them is not asked, because agents of today
 * did not: each commit is judged as one of the agent that may change most of it.
 */
export function pastVerdicts(
  ownership: Ownership,
  commits: readonly { readonly paths: readonly RepoPath[] }[],
  describe: LintFacts['describe'],
): PastVerdicts {
  const judged = commits.filter(({ paths }) => paths.length > 0);
  let [allowed, people] = [0, 0];
  const counts = new Map<RepoPath, number>();
  const gains = new Map<string, number>();
  for (const { paths } of judged) {
    const own = paths.filter((path) => !PEOPLE.has(describe(path, null).layer));
    if (own.length < paths.length) people += 1;
    const tried = refusedByAgent(ownership, own, describe);
    const refused = tried.reduce((best, other) => (other.length < best.length ? other : best), own);
    if (refused.length === 0) {
      if (own.length === paths.length) allowed += 1;
      continue;
    }
    for (const path of refused) add(counts, path);
    if (own.length === paths.length)
      for (const glob of new Set(tried.flatMap(cures))) add(gains, glob);
  }
  return {
    commits: judged.length,
    allowed,
    people,
    paths: ranked(counts)
      .slice(0, WORST)
      .map(([path, count]) => ({ path, commits: count })),
    gain: ranked(gains).map(([glob, count]) => ({ glob, commits: count }))[0] ?? null,
  };
}

/** For each agent that may change some of it, what it may not change. */
function refusedByAgent(
  ownership: Ownership,
  paths: readonly RepoPath[],
  describe: LintFacts['describe'],
): (readonly RepoPath[])[] {
  const owners = new Set(paths.flatMap((path) => describe(path, null).owners));
  // Where nobody owns anything, all are refused the same.
  const agents =
    owners.size > 0 ? [...owners].sort(compare) : [...ownership.agents.keys()].slice(0, 1);
  return agents.map((agent) =>
    paths.filter((path) => isRefused(ownership, agent, path, paths, describe)),
  );
}

function isRefused(
  { derived }: Ownership,
  agent: AgentId,
  path: RepoPath,
  all: readonly RepoPath[],
  describe: LintFacts['describe'],
): boolean {
  const answer = describe(path, agent);
  if (isOpen(answer)) return false;
  if (answer.layer !== 'derived') return true;
  const parts = derived.filter(({ paths }) => paths.some((glob) => glob.matches(path)));
  const triggers = all.filter((other) =>
    parts.some(({ when }) => when.some((glob) => glob.matches(other))),
  );
  return !triggers.some((other) => other !== path && isOpen(describe(other, agent)));
}

/** A lock that is missing can be taken. */
const isOpen = ({ refusal, ambiguous }: GuardAnswer): boolean =>
  !ambiguous && (refusal === null || refusal === 'lock-needed');

/** What would have let a commit through: the one path, or the one directory, that was refused. */
function cures(refused: readonly RepoPath[]): string[] {
  const directories = new Set(
    refused.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))),
  );
  const [directory] = directories;
  return [
    ...(refused.length === 1 ? [refused[0]!] : []),
    ...(directories.size === 1 && directory ? [`${directory}/**`] : []),
  ];
}

const add = <Key>(counts: Map<Key, number>, key: Key): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);

const ranked = <Key extends string>(counts: ReadonlyMap<Key, number>): [Key, number][] =>
  [...counts].sort(([a, m], [b, n]) => n - m || depth(b) - depth(a) || compare(a, b));

/** Of two that gain the same, the narrower one is the better. */
const depth = (path: string): number => path.split('/').length;
