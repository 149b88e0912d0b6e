import { compare } from '../../../domain/finding.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Coverage } from '../../../domain/reports/lint.ts';
import { type Check, type LintFacts, problemAt } from './context.ts';

const MOST_EXAMPLES = 5;

/** Which tracked paths nobody owns and no part names. */
export function coverageOf({ tracked, describe }: LintFacts): Coverage | null {
  if (tracked === null) return null;
  const isUnowned = (path: RepoPath): boolean => describe(path, null).layer === 'unowned';
  const unowned = tracked.filter(isUnowned);
  const covered = tracked.filter((path) => !isUnowned(path));
  return {
    tracked: tracked.length,
    covered: covered.length,
    unowned: unowned.length,
    examples: wholeDirectories(unowned, covered).slice(0, MOST_EXAMPLES),
  };
}

/** The highest directories that hold none of `others`, else single paths; those of most paths first. */
function wholeDirectories(paths: readonly RepoPath[], others: readonly RepoPath[]): string[] {
  const mixed = new Set(others.flatMap(directoriesOf));
  const counts = new Map<string, number>();
  for (const path of paths) {
    const whole = directoriesOf(path).find((directory) => !mixed.has(directory)) ?? path;
    counts.set(whole, (counts.get(whole) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || compare(a, b)).map(([whole]) => whole);
}

/** The directories a path is in, from the top, with a trailing slash. */
const directoriesOf = (path: string): string[] =>
  Array.from(path.matchAll(/\//g), ({ index }) => path.slice(0, index + 1));

/** Paths nobody owns, where that refuses a change: they can never change again. */
export const pathsUnowned: Check = (context) => {
  const coverage = coverageOf(context.facts);
  if (context.ownership.unowned !== 'deny' || !coverage || coverage.unowned === 0) return [];
  const { unowned, tracked, examples } = coverage;
  return [
    problemAt(context, 'unowned', {
      severity: 'warning',
      rule: 'paths-unowned',
      message: `nobody owns ${unowned} of ${tracked} tracked paths, and no agent may change them: ${examples.join(', ')}`,
      hint: hintTo('let agents change them, add them to `owns` or `shared`, or set unowned: warn'),
    }),
  ];
};
