import { count, number, verb } from '../../domain/text/count.ts';
import { formatDuration } from '../../domain/text/duration.ts';
import type { Change } from '../../domain/change.ts';
import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { LimitName, Limits, Ownership } from '../../domain/ownership.ts';
import { type LinguistMarks, NO_MARKS } from '../glob/linguist-marks.ts';
import { isLockfile } from '../text/is-lockfile.ts';
import { isTestPath } from '../text/is-test-path.ts';
import { shellQuote } from '../../domain/text/quote.ts';

/** How far a branch has gone from the base. Null: not known, or not asked for. */
export interface BranchExtent {
  /** Lines added and removed in the paths that count by rule R2; binary files have none. */
  readonly lines: number | null;
  /** Commits of the base the branch does not have. */
  readonly behind: number | null;
  /**
   * For how long (milliseconds) the base has been ahead of the branch: since the oldest commit of
   * the base's own line (first parents) that the branch does not have. 0 while it has all of them.
   */
  readonly age: number | null;
}

/** The branch of an agent, in the words of its findings. */
export interface LimitedBranch {
  readonly agent: AgentId;
  /** As people write it: `feat/a1/parser`. */
  readonly name: string;
  /** As git names it: `origin/main`. */
  readonly base: string;
}

/** The limits a branch has passed. */
export function exceededLimits(limits: Limits, extent: BranchExtent): LimitName[] {
  const names = ['age', 'behind', 'lines'] as const;
  return names.filter((name) => (extent[name] ?? 0) > (limits[name] ?? Infinity));
}

/** Advice about each limit passed; an error where `limits.enforce` names it. */
export function limitFindings(
  limits: Limits,
  extent: BranchExtent,
  branch: LimitedBranch,
): Finding[] {
  return exceededLimits(limits, extent).map((name) => ({
    code: name === 'lines' ? 'branch-too-large' : 'branch-stale',
    severity: limits.enforce.includes(name) ? 'error' : 'warning',
    agent: branch.agent,
    rule: `limits.${name}`,
    message: `${branch.name} ${describe(name, extent[name]!, limits[name]!, branch.base)}`,
    hint:
      name === 'lines'
        ? hintTo(
            'see where they are',
            `git diff --stat ${shellQuote(`${branch.base}...${branch.name}`)}`,
          )
        : hintTo('catch up', `git merge ${shellQuote(branch.base)}`),
  }));
}

function describe(name: LimitName, value: number, limit: number, base: string): string {
  switch (name) {
    case 'age':
      return `has been behind ${base} for ${formatDuration(value)}, where ${formatDuration(limit)} is the limit`;
    case 'behind':
      return `is ${count(value, 'commit')} behind ${base}, where ${number(limit)} ${verb(limit)} the limit`;
    case 'lines':
      return `changes ${count(value, 'line')}, where ${number(limit)} ${verb(limit)} the limit`;
  }
}

/**
 * The changes whose lines count for the size of a branch: not derived files, lockfiles and what the base marks as
 * generated, not what the policy leaves out, not whole files that go away, and not files that only move.
 */
export function countedChanges(
  { derived, limits }: Pick<Ownership, 'derived' | 'limits'>,
  changes: readonly Change[],
  { isGenerated }: Pick<LinguistMarks, 'isGenerated'> = NO_MARKS,
): Change[] {
  const left = [...derived.flatMap(({ paths }) => paths), ...limits.exclude];
  const gone = new Set(changes.flatMap(({ before, after }) => (after === null ? before!.oid : [])));
  return changes.filter(({ path, before, after }) => {
    if (after === null || (before === null && gone.has(after.oid))) return false;
    if (isLockfile(path) || isGenerated(path)) return false;
    if (!limits.tests && isTestPath(path)) return false;
    return !left.some((glob) => glob.matches(path));
  });
}
