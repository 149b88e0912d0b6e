import { Failure } from '../../domain/failure.ts';
import type { CleanBranch } from '../../domain/reports/clean.ts';
import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import type { Host } from '../../host/host.ts';
import { withPolicy } from '../session/session.ts';
import { cleanLanded } from './clean-landed.ts';

/**
 * Removes the branches that a landing brought, if that was asked for, here and on the remote, with their worktrees, as `clean` does.
 *
 * @returns what went and what stays, sentences; also where that could not be done: the landing stands
 */
export async function cleanAfterLanding(host: Host, journal: LandingJournal): Promise<string[]> {
  const landed = journal.steps.filter(({ state }) => state === 'landed');
  if (!journal.clean || landed.length === 0 || journal.undoes !== null || journal.end !== 'done')
    return [];
  const only = new Set(landed.map(({ branch }) => branch));
  try {
    // What has landed is seen by a new look alone.
    const { branches } = await withPolicy(host, (session) =>
      cleanLanded(session, { dryRun: false, offline: journal.way === 'local', only }),
    );
    return branches.flatMap(sentences);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [`what has landed is not removed: ${error.message}`];
  }
}

function sentences({ branch, local, remote, worktree, kept }: CleanBranch): string[] {
  const parts = [
    ...(worktree === null ? [] : [`its worktree ${worktree}`]),
    ...(local === null ? [] : ['the branch']),
    ...(remote === null ? [] : ['that of origin']),
  ];
  return [
    ...(parts.length === 0 ? [] : [`removed of ${branch}: ${parts.join(', ')}`]),
    ...kept.map((why) => `kept of ${branch}: ${why}`),
  ];
}
