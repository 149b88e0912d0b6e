import type { LandingAct } from '../../core/landing/next-act.ts';
import { RENAME_LIMIT } from '../../domain/options/fleet-options.ts';
import type { LandingMode } from '../../domain/landing.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import type { MergeConflict } from '../../domain/reports/overlap.ts';
import type { LandingJournal, LeftOut, MadeStep } from '../../domain/states/landing-journal.ts';
import { branchRef } from '../../domain/refs.ts';
import { branchCommits } from '../../git/history/branch-commits.ts';
import { readSignatures } from '../../git/objects/signatures.ts';
import { buildLandings } from '../fleet/build-landings.ts';
import { withFleetOf } from '../fleet/open/open-fleet.ts';
import type { Session } from '../session/session.ts';
import { commitLanding } from './commit-landings.ts';

/** The commits of steps, and what does not merge. */
export interface BuiltLine {
  readonly made: ReadonlyMap<BranchName, MadeStep>;
  readonly left: ReadonlyMap<BranchName, LeftOut>;
}

/**
 * Makes the commits of the steps that wait, on top of those that are built. They are in the repository
 * afterwards, and no ref names them. Building ends with the first that leaves: what comes after
 * it may have to leave as well.
 */
export async function buildLine(
  session: Session,
  { base, mode, steps }: Pick<LandingJournal, 'base' | 'mode' | 'steps'>,
  { onto, built, waiting }: Extract<LandingAct, { kind: 'build' }>,
): Promise<BuiltLine> {
  const begin = built.at(-1)?.made?.commit ?? onto;
  const members = waiting.map(({ branch, tip, agent }) => ({ ref: branch, oid: tip, agent }));
  const landings = await withFleetOf(
    session,
    optionsToBuild(base, begin, mode),
    (context) => buildLandings(context, members),
    { keeps: true },
  );
  const made = new Map<BranchName, MadeStep>();
  const left = new Map<BranchName, LeftOut>();
  let on: Oid = begin;
  const { repo } = session.workspace;
  const by = await readSignatures(repo);
  const before = steps.slice(0, steps.indexOf(waiting[0]!)).map(({ tip }) => tip);
  const tips = mode === 'squash' ? waiting.map(({ tip }) => tip) : [];
  const squashed = await branchCommits(repo, [begin, ...before], tips);
  for (const [at, landing] of landings.entries()) {
    const step = waiting[at]!;
    if (landing.kind === 'built' && landing.commits.length > 0) {
      const commits = squashed.get(step.tip) ?? [];
      const where = { ...step, mode, commits, by };
      const now = await commitLanding(session, where, on, landing.commits);
      made.set(step.branch, now);
      on = now.commit;
    } else {
      left.set(step.branch, whyLeft(base, landing));
      break;
    }
  }
  return { made, left };
}

/** How a fleet is opened to land on a commit. */
export const optionsToBuild = (base: BranchName, begin: Oid, mode: LandingMode) =>
  ({
    refs: [branchRef(base)],
    base: begin,
    land: mode,
    rules: 'git',
    renameLimit: RENAME_LIMIT,
    worktrees: false,
  }) as const;

function whyLeft(
  base: BranchName,
  landing: Awaited<ReturnType<typeof buildLandings>>[number],
): LeftOut {
  switch (landing.kind) {
    case 'built':
      return { why: 'landed', words: `adds nothing to ${base} and what lands before it` };
    case 'conflict':
      return {
        why: 'conflict',
        words: `conflicts with what lands before it${placesOf(landing.conflicts)}`,
      };
    case 'unreadable':
      return { why: 'unreadable', words: 'cannot be read' };
  }
}

/** Where something conflicts, as the end of a clause. */
export function placesOf(conflicts: readonly MergeConflict[]): string {
  const [first, ...more] = new Set(conflicts.flatMap(({ paths }) => paths));
  if (first === undefined) return '';
  return more.length === 0 ? ` in ${first}` : ` in ${first} and ${more.length} more`;
}
