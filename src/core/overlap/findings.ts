import { count, list, verb } from '../../domain/text/count.ts';
import { type Finding, type Severity, sortFindings } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import { OVERLAP_LEVELS, type OverlapLevel } from '../../domain/landing.ts';
import type { RepoPath } from '../../domain/path.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { OrderData } from '../../domain/reports/order.ts';
import {
  conflictPlace,
  filePlace,
  type OverlapBranch,
  type OverlapConflict,
  type OverlapData,
  type OverlapPair,
} from '../../domain/reports/overlap.ts';

const CODES = { conflict: 'conflict', file: 'same-file', near: 'near-change' } as const;

/**
 * One finding for each branch that no longer merges with the base, for each pair, and for what breaks without a
 * conflict.
 *
 * @param failOn the weakest level that refuses; null refuses nothing.
 */
export function overlapFindings(
  data: Pick<OverlapData, 'base' | 'branches' | 'breaks' | 'pairs'>,
  failOn: OverlapLevel | null,
): Finding[] {
  const severity = (level: OverlapLevel): Severity => {
    if (failOn && OVERLAP_LEVELS.indexOf(level) >= OVERLAP_LEVELS.indexOf(failOn)) return 'error';
    return level === 'conflict' ? 'warning' : 'notice';
  };
  const agents = new Map(data.branches.map(({ ref, agent }) => [ref, agent]));
  const stale = data.branches.filter(({ base }) => base === 'conflict');
  return sortFindings([
    ...stale.map((branch) => withBase(branch, data.base.ref, severity('conflict'))),
    ...data.pairs.map((pair): Finding => {
      const [a, b] = [agents.get(pair.a) ?? null, agents.get(pair.b) ?? null];
      return between(pair, severity(pair.level), a === b ? a : null);
    }),
    ...data.breaks.map(({ refs, ...found }): Finding => {
      const [a, b = a] = refs.map((ref) => agents.get(ref) ?? null);
      // What git merges and a tool refuses is as bad as a conflict.
      const refuses = failOn !== null && found.severity === 'warning';
      return {
        ...found,
        severity: refuses ? 'error' : found.severity,
        agent: a !== undefined && a === b ? a : null,
      };
    }),
  ]);
}

/** One finding for each conflict that only shows when several branches have landed. */
export const combinationFindings = (
  { combinations }: Pick<OrderData, 'combinations'>,
  failOn: OverlapLevel | null,
): Finding[] =>
  combinations.map(({ earlier, later, files }) => ({
    code: 'conflict-combination',
    severity: failOn === null ? 'warning' : 'error',
    ...pathOf(files[0]?.path),
    agent: null,
    message: `${later} conflicts once ${list(earlier)} ${verb(
      earlier.length,
      'has',
      'have',
    )} landed${files.length === 0 ? '' : `: ${these(files.map(({ path }) => path))}`}`,
    hint: hintTo('see where it lands best', 'bailiwick order'),
  }));

function withBase(branch: OverlapBranch, base: string, severity: Severity): Finding {
  const { ref, agent, conflicts } = branch;
  return {
    code: 'conflict-with-base',
    severity,
    ...pathOf(conflicts[0]?.path),
    agent,
    message: `${ref} no longer merges with ${base}: ${inWhat(conflicts)}`,
    hint: hintTo('see what conflicts', `git merge-tree ${shellQuote(base)} ${shellQuote(ref)}`),
  };
}

function between(pair: OverlapPair, severity: Severity, agent: Finding['agent']): Finding {
  const { a, b, level, conflicts, near, paths } = pair;
  const first = (conflicts[0] ?? near[0])?.path ?? paths[0];
  const files = paths.map(shellQuote).join(' ');
  const hint =
    level === 'conflict'
      ? hintTo('see in which order they are cheapest to merge', 'bailiwick order')
      : hintTo('see how they differ', `git diff ${shellQuote(a)} ${shellQuote(b)} -- ${files}`);
  const message = messageOf(pair);
  return { code: CODES[level], severity, ...pathOf(first), agent, message, hint };
}

function messageOf({
  a,
  b,
  level,
  conflicts,
  near,
  paths,
  oneWay,
  identical,
}: OverlapPair): string {
  if (level === 'near') return `${a} and ${b} come close: ${these(near.map(filePlace))}`;
  if (level === 'file')
    return identical
      ? `${a} and ${b} make the same change: once one has landed, the other adds nothing`
      : `${a} and ${b} both change ${these(paths)}`;
  return oneWay
    ? `${oneWay.later} conflicts once ${oneWay.earlier} has landed, not the other way round: ${inWhat(conflicts)}`
    : `${a} and ${b} conflict: ${inWhat(conflicts)}`;
}

const pathOf = (path: RepoPath | undefined): { path?: RepoPath } => (path ? { path } : {});

/** `src/a.ts lines 6-7, and 2 more files`. */
function inWhat(conflicts: readonly OverlapConflict[]): string {
  const [first] = conflicts;
  if (!first) return 'git does not say where';
  const more = new Set(conflicts.map(({ path }) => path)).size - 1;
  return `${conflictPlace(first)}${andMore(more)}`;
}

const these = (paths: readonly string[]): string => `${paths[0]}${andMore(paths.length - 1)}`;

const andMore = (files: number): string =>
  files === 0 ? '' : `, and ${count(files, 'more file')}`;
