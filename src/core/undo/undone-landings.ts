import type { Entry } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';

/** One change of a path, between two states of a branch or a base. */
export interface PathChange {
  readonly path: RepoPath;
  readonly before: Entry | null;
  readonly after: Entry | null;
}

/** One landing on the base, or one commit of a branch. */
export interface HistoryStep {
  readonly commit: Oid;
  readonly message: string;
  readonly changes: readonly PathChange[];
}

/** Work that landed and a branch takes back. */
export interface UndoneWork {
  /** The paths that go back to what they were, sorted. */
  readonly paths: readonly RepoPath[];
  /** How many files the branch changes in all. */
  readonly files: number;
  /** What is undone, newest first. */
  readonly landings: readonly Pick<HistoryStep, 'commit' | 'message'>[];
  /** So much of it that somebody should be asked. */
  readonly asks: boolean;
}

/** Landings that are looked through. */
export const MOST_LANDINGS = 500;

/** From so many files, and so large a share of the change, it is no accident of editing. */
const MOST_FILES = 10;
const MOST_SHARE = 0.3;

/**
 * What a branch takes back without saying so: files that would hold again what they held before a landing,
 * while the base has something newer.
 *
 * @param effect what landing the branch does to the base
 * @param landings newest first
 * @param own the branch's commits: what those that say they revert touch is meant
 */
export function undoneLandings(
  effect: readonly PathChange[],
  landings: readonly HistoryStep[],
  own: readonly HistoryStep[],
): UndoneWork | null {
  const meant = new Set(
    own.filter(saysRevert).flatMap(({ changes }) => changes.map(({ path }) => path)),
  );
  const history = historyOf(landings);
  const undone = new Set<HistoryStep>();
  const paths: RepoPath[] = [];
  for (const { path, before, after } of effect) {
    if (before === null || after === null || meant.has(path)) continue;
    const steps = history.get(path) ?? [];
    const back = steps.findIndex(
      ({ change }) => change.before?.oid === after.oid && change.before.mode === after.mode,
    );
    // Nothing is undone where the base itself has gone back since.
    if (back < 0 || before.oid === after.oid) continue;
    paths.push(path);
    for (const { step } of steps.slice(0, back + 1)) undone.add(step);
  }
  if (paths.length === 0) return null;
  return {
    paths: paths.sort(),
    files: effect.length,
    landings: landings.flatMap((step) =>
      undone.has(step) ? { commit: step.commit, message: step.message } : [],
    ),
    asks: paths.length >= MOST_FILES && paths.length >= MOST_SHARE * effect.length,
  };
}

/** True for a commit that git made by reverting another, or that says so itself. */
export const saysRevert = ({ message }: Pick<HistoryStep, 'message'>): boolean =>
  /^(?:\S+ )?\W*(?:revert|reapply|reland)\b/i.test(message) ||
  /^This reverts commit [0-9a-f]{7,64}/m.test(message);

interface PathStep {
  readonly step: HistoryStep;
  readonly change: PathChange;
}

/** What happened to each path, newest first. */
function historyOf(landings: readonly HistoryStep[]): Map<RepoPath, PathStep[]> {
  const history = new Map<RepoPath, PathStep[]>();
  for (const step of landings)
    for (const change of step.changes) {
      const known = history.get(change.path);
      if (known) known.push({ step, change });
      else history.set(change.path, [{ step, change }]);
    }
  return history;
}
