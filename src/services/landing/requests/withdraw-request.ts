import { landingBranch } from '../../../core/landing/request-text.ts';
import { branchRef } from '../../../domain/refs.ts';
import type { LandingJournal } from '../../../domain/states/landing-journal.ts';
import { Remote } from '../../../git/remote/remote.ts';
import { REMOTE } from '../../state/push-refs.ts';
import { type LandingWork, recordLanding } from '../landing-work.ts';
import { answered, findRequest } from './find-request.ts';

/**
 * Takes back what the host was asked for: closes the pull request of a landing. Those that others opened stay
 * open.
 *
 * @returns false when it was merged already
 * @throws Failure when the host does not answer
 */
export async function withdrawRequest(
  work: LandingWork,
  journal: LandingJournal,
): Promise<boolean> {
  const step = journal.steps.find(({ made }) => made?.commit === journal.publishing)!;
  const found = await findRequest(work, journal, step);
  if (found?.state === 'merged') return false;
  if (found?.state === 'open' && journal.way === 'pull-request') {
    const closed = answered(await (await work.desk()).close(found.number));
    if (closed.state === 'merged') return false;
  }
  await recordLanding(work, { kind: 'unmoved' });
  return true;
}

/** Removes the branch of a landing that is over from the remote, if it is where that left it. */
export async function removeLandingBranch(
  { session }: Pick<LandingWork, 'session'>,
  journal: LandingJournal,
): Promise<void> {
  if (journal.way !== 'pull-request' || journal.end === null) return;
  const remote = await Remote.open(session.workspace.repo, REMOTE);
  const ref = branchRef(landingBranch(journal));
  const listed = await remote?.list(ref);
  const tip = listed?.ok ? listed.value.get(ref) : undefined;
  const isOurs = journal.steps.some(({ made }) => made?.commit === tip);
  // A host may remove it by itself, or keep it: it is in nobody's way.
  if (tip !== undefined && isOurs) await remote!.delete(new Map([[ref, tip]]));
}
