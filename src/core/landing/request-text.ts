import { type BranchName, parseBranchName } from '../../domain/refs.ts';
import type { JournalStep, LandingJournal } from '../../domain/states/landing-journal.ts';
import { landedTrailer } from './landing-message.ts';

/** The branch by whose pull request a landing comes to the base. */
export function landingBranch({ base, id }: Pick<LandingJournal, 'base' | 'id'>): BranchName {
  const name = parseBranchName(`bailiwick/land/${base}/${id}`);
  if (name === null) throw new Error(`no branch name for landings on ${base}`);
  return name;
}

/** Branches that a title names; more are counted. */
const MOST_NAMED = 3;

/** What the pull request of a landing says. Branch names are shown as they are, whatever is in them. */
export function requestText(
  { base, undoes }: Pick<LandingJournal, 'base' | 'undoes'>,
  steps: readonly Pick<JournalStep, 'branch' | 'tip'>[],
): { readonly title: string; readonly body: string } {
  const names = steps.map(({ branch }) => branch);
  const all = names.length > MOST_NAMED ? `${names.length} branches` : names.join(', ');
  const title = undoes === null ? `Land ${all} on ${base}` : `Take back ${all} from ${base}`;
  const lines = steps.map(({ branch, tip }) => `    ${branch} ${tip}`);
  const about =
    undoes === null
      ? 'These branches, in this order, each as it was validated:'
      : `What was landed by ${undoes.receipt}, taken back newest first:`;
  return { title, body: [about, '', ...lines, ''].join('\n') };
}

/** What the host is to say of the commit by which it merges: a subject, and the rest. */
export function mergeWords(
  steps: readonly Pick<JournalStep, 'branch' | 'tip'>[],
  title: string,
): { readonly title: string; readonly message: string } {
  return { title, message: steps.map(({ branch, tip }) => landedTrailer(branch, tip)).join('\n') };
}
