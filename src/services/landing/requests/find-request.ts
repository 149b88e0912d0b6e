import { landingBranch } from '../../../core/landing/request-text.ts';
import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { PullRequestStanding } from '../../../domain/pull-request-standing.ts';
import type { Result } from '../../../domain/result.ts';
import type { JournalStep, LandingJournal } from '../../../domain/states/landing-journal.ts';
import type { GitHubRefusal } from '../../../host/github/client.ts';
import type { LandingWork } from '../landing-work.ts';

/**
 * The pull request by which a step comes to the base: that of the whole landing, or that of its branch
 * as it was planned. One that was merged counts before one that is open, and that before one that is closed.
 *
 * @param step the last of what it brings
 * @throws Failure when the host does not say
 */
export async function findRequest(
  { desk, base }: Pick<LandingWork, 'base' | 'desk'>,
  journal: LandingJournal,
  step: JournalStep,
): Promise<PullRequestStanding | null> {
  const isWhole = journal.way === 'pull-request';
  const branch = isWhole ? landingBranch(journal) : step.branch;
  const listed = answered(await (await desk()).ofBranch(branch));
  const fit = listed.filter(({ target }) => target === base);
  // A branch may have had others before; that of a landing has none, whatever came to it.
  const merged = fit.find(
    ({ state, head }) => state === 'merged' && (isWhole || head === step.tip),
  );
  return merged ?? fit.find(({ state }) => state === 'open') ?? fit[0] ?? null;
}

/** @throws Failure when the host did not answer what it was asked */
export function answered<T>(answer: Result<T, GitHubRefusal>): T {
  if (answer.ok) return answer.value;
  throw silent(answer.error);
}

export const silent = ({ status, message }: GitHubRefusal): Failure =>
  new Failure('git', `GitHub does not answer${status === 0 ? '' : ` (${status})`}: ${message}`, [
    hintTo('go on once it does', 'bailiwick land continue'),
  ]);
