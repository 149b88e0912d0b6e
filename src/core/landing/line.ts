import type { BranchName } from '../../domain/refs.ts';
import type { JournalStep, LandingJournal, LeftOut } from '../../domain/states/landing-journal.ts';

/** The steps that are still to land, in their order. */
export const lineOf = ({ steps }: Pick<LandingJournal, 'steps'>): JournalStep[] =>
  steps.filter(({ state }) => state === 'waiting' || state === 'built');

/**
 * A line cut into what lands in one move of the base: a step by itself, or those that go only together,
 * with whatever lies between them.
 */
export function unitsOf<Step extends Pick<JournalStep, 'branch' | 'together'>>(
  line: readonly Step[],
): Step[][] {
  const at = new Map(line.map(({ branch }, place) => [branch, place]));
  const units: Step[][] = [];
  let reach = -1;
  for (const [place, step] of line.entries()) {
    if (place > reach) units.push([]);
    units.at(-1)!.push(step);
    reach = Math.max(reach, place, ...step.together.map((branch) => at.get(branch) ?? -1));
  }
  return units;
}

/** All has landed that could, and what must hold then is still to be run. */
export const isAfterDue = (journal: Pick<LandingJournal, 'after' | 'steps'>): boolean =>
  journal.after?.state === 'due' &&
  lineOf(journal).length === 0 &&
  journal.steps.some(({ state }) => state === 'landed');

/** Those of the line that are validated, and land, in one move of the base. */
export const batchOf = (journal: Pick<LandingJournal, 'batch' | 'steps'>): JournalStep[][] =>
  unitsOf(lineOf(journal)).slice(0, journal.batch);

/**
 * The steps when some leave, each for its own reason. What must come after one of them leaves as well,
 * and what goes only together with it; whatever is behind the first has to be built anew.
 */
export function withoutSteps(
  steps: readonly JournalStep[],
  leaving: ReadonlyMap<BranchName, LeftOut>,
): JournalStep[] {
  const line = lineOf({ steps });
  const leaves = new Map(leaving);
  for (let known = -1; known !== leaves.size;) {
    known = leaves.size;
    for (const { branch, after, together } of line) {
      if (leaves.has(branch)) continue;
      // What the base has already holds nobody back.
      const isGone = (other: BranchName): boolean =>
        leaves.has(other) && leaves.get(other)!.why !== 'landed';
      const missed = after.find(isGone);
      const lost = together.find(isGone);
      if (lost !== undefined) leaves.set(branch, goesWith(lost));
      else if (missed !== undefined) leaves.set(branch, follows(missed));
    }
  }
  let isSame = true;
  return steps.map((step): JournalStep => {
    if (step.state === 'landed' || step.state === 'left') return step;
    const left = leaves.get(step.branch) ?? null;
    if (left !== null) {
      isSame = false;
      return { ...step, state: 'left', made: null, left };
    }
    return isSame ? step : { ...step, state: 'waiting', made: null };
  });
}

const follows = (branch: BranchName): LeftOut => ({
  why: 'after',
  words: `comes after ${branch}, which does not land`,
});

const goesWith = (branch: BranchName): LeftOut => ({
  why: 'after',
  words: `lands only together with ${branch}, which does not land`,
});
