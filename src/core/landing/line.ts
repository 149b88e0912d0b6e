import type { BranchName } from '../../domain/refs.ts';
import type { JournalStep, LandingJournal, LeftOut } from '../../domain/states/landing-journal.ts';

/** The steps that are still to land, in their order. */
export const lineOf = ({ steps }: Pick<LandingJournal, 'steps'>): JournalStep[] =>
  steps.filter(({ state }) => state === 'waiting' || state === 'built');

/** Those of the line that are validated, and land, together. */
export const batchOf = (journal: Pick<LandingJournal, 'batch' | 'steps'>): JournalStep[] =>
  lineOf(journal).slice(0, journal.batch);

/**
 * The steps when some leave, each for its own reason. What must come after one of them leaves as well,
 * and whatever is behind the first has to be built anew.
 */
export function withoutSteps(
  steps: readonly JournalStep[],
  leaving: ReadonlyMap<BranchName, LeftOut>,
): JournalStep[] {
  const gone = new Set<BranchName>();
  let isSame = true;
  return steps.map((step): JournalStep => {
    if (step.state === 'landed' || step.state === 'left') return step;
    const missed = step.after.find((branch) => gone.has(branch));
    const left = leaving.get(step.branch) ?? (missed === undefined ? null : follows(missed));
    if (left !== null) {
      // What the base has already holds nobody back.
      if (left.why !== 'landed') gone.add(step.branch);
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
