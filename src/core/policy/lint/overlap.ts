import { foldPath } from '../../../domain/text/fold.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Agent, Glob, Ownership } from '../../../domain/ownership.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Problem } from '../../../domain/problem.ts';
import { meetings } from '../../glob/meetings.ts';
import { type Check, type LintContext, problemAt, quoted } from './context.ts';
import { namesControl } from './names-control.ts';
import { ownPath } from './own-path.ts';

/** Two agents may not both own a path: the guard could not say whose it is. */
export const grantsOverlap: Check = (context) => {
  const agents = [...context.ownership.agents.values()];
  const tracked = trackedOverlaps(context);
  const met = meetingGrants(context);
  return agents.flatMap((a, index) =>
    agents.slice(index + 1).flatMap((b) => {
      const real = tracked.get(pairKey(a, b));
      if (real) return [overlapProblem(context, claims(a, b, real.path), real.path, real.count)];
      return possibleOverlap(context, a, b, met.get(pairKey(a, b)) ?? []) ?? [];
    }),
  );
};

interface TrackedOverlap {
  readonly path: RepoPath;
  count: number;
}

const pairKey = (a: Pick<Agent, 'id'>, b: Pick<Agent, 'id'>): string => `${a.id} ${b.id}`;

/** Pairs of agents that both own tracked files, with the first of these. */
function trackedOverlaps({ facts }: LintContext): ReadonlyMap<string, TrackedOverlap> {
  const overlaps = new Map<string, TrackedOverlap>();
  for (const path of facts.tracked ?? []) {
    const { ambiguous, owners } = facts.describe(path, null);
    if (!ambiguous) continue;
    for (const [index, a] of owners.entries())
      for (const b of owners.slice(index + 1)) {
        const key = pairKey({ id: a }, { id: b });
        const known = overlaps.get(key);
        if (known) known.count += 1;
        else overlaps.set(key, { path, count: 1 });
      }
  }
  return overlaps;
}

/** The globs of any two agents that name a common path, holes or not. */
function meetingGrants({ ownership, findPath }: LintContext): Map<string, [Glob, Glob][]> {
  const entries = [...ownership.agents.values()].flatMap(({ id, owns }) =>
    owns.map((glob) => ({ glob, value: { id, glob } })),
  );
  const met = new Map<string, [Glob, Glob][]>();
  for (const [a, b] of meetings(entries, findPath)) {
    if (a.id === b.id) continue;
    const pairs = met.get(pairKey(a, b)) ?? [];
    pairs.push([a.glob, b.glob]);
    met.set(pairKey(a, b), pairs);
  }
  return met;
}

/** The two globs by which the agents own a path. */
interface Claims {
  readonly a: Agent;
  readonly b: Agent;
  readonly globs: readonly [Glob, Glob];
}

function claims(a: Agent, b: Agent, path: RepoPath): Claims {
  const claim = ({ owns }: Agent): Glob => owns.find((glob) => glob.matches(path)) ?? owns[0]!;
  return { a, b, globs: [claim(a), claim(b)] };
}

/** A path that both agents would own, whether there is a file or not; null when there is none. */
function possibleOverlap(
  context: LintContext,
  a: Agent,
  b: Agent,
  met: readonly (readonly [Glob, Glob])[],
): Problem | null {
  let unproven: Claims | null = null;
  for (const [first, second] of met) {
    // Nearly every pair that meets does so where one has a hole of just the other's form.
    if (hasHole(a, second) || hasHole(b, first)) continue;
    const holes = holesOf(context.ownership, a, b, first, second);
    const search = context.findPath([first, second], holes);
    if (search.kind === 'none') continue;
    const found = { a, b, globs: [first, second] } as const;
    const certain =
      search.kind === 'found' && !holes.some((hole) => hole.matchesFolded(foldPath(search.path)));
    if (certain) return overlapProblem(context, found, search.path, countOf(context, search.path));
    unproven ??= found;
  }
  return unproven && unprovenProblem(context, unproven);
}

const hasHole = ({ except }: Agent, { text }: Glob): boolean =>
  except.some((hole) => hole.text === text);

/** Where two globs may meet without harm, because something else decides there. */
function holesOf(ownership: Ownership, a: Agent, b: Agent, first: Glob, second: Glob): Glob[] {
  const { control, derived, frozen, local, reserved, shared } = ownership;
  return [
    ...[a, b].flatMap(({ except }) => except),
    ...[...shared, ...reserved, ...derived].flatMap(({ paths }) => paths),
    ...frozen,
    ...local,
    ...control.filter((file) => !namesControl(first, file) || !namesControl(second, file)),
    ...ownPath(first),
    ...ownPath(second),
  ];
}

/** How many tracked files a path that was made up stands for; null when nobody knows. */
const countOf = ({ facts }: LintContext, path: RepoPath): number | null =>
  facts.tracked && (facts.tracked.includes(path) ? 1 : 0);

function overlapProblem(
  context: LintContext,
  { a, b, globs: [first, second] }: Claims,
  path: RepoPath,
  tracked: number | null,
): Problem {
  const { line } = context.facts.locate(first.rule);
  return problemAt(context, second.rule, {
    severity: 'error',
    rule: 'grants-overlap',
    message: `${a.id} and ${b.id} both own ${path}${files(tracked)}, by ${quoted(first)} in line ${line} and by ${quoted(second)}`,
    hint: hintTo(
      'give it to one of them, list it under `except` of the other; to let both change it in turn, list it under `shared`',
    ),
    witness: path,
  });
}

function files(tracked: number | null): string {
  if (tracked === null) return '';
  if (tracked === 0) return ' (no file is there yet)';
  return tracked === 1 ? ' (a tracked file)' : ` (${tracked} tracked files)`;
}

const unprovenProblem = (context: LintContext, { a, b, globs: [first, second] }: Claims): Problem =>
  problemAt(context, second.rule, {
    severity: 'warning',
    rule: 'grants-unproven',
    message: `it could not be proven that ${quoted(second)} of ${b.id} and ${quoted(first)} of ${a.id} share no path`,
    hint: hintTo('make it certain, write simpler globs'),
  });
