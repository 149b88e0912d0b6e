import type { IntegrationFigures } from '../../domain/reports/fleet-report.ts';
import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import { middle } from './middle.ts';
import { daysIn } from './per-day.ts';

/**
 * What became of what `land` took up.
 *
 * @param journals one for each landing of the period, as it ended; what takes back is none
 * @param receipts when receipts were written, of all time
 * @returns null where nothing was recorded in the period
 */
export function integration(
  journals: readonly LandingJournal[],
  receipts: readonly number[],
  { since, until }: { readonly since: number; readonly until: number },
): IntegrationFigures | null {
  if (journals.length === 0) return null;
  const steps = journals.flatMap((journal) => journal.steps);
  const landed = steps.filter(({ state }) => state === 'landed');
  // What has landed already was nothing to do.
  const left = steps.filter((step) => step.left !== null && step.left.why !== 'landed');
  const why = (reason: string) => left.filter((step) => step.left!.why === reason);
  const [conflict, red] = [why('conflict'), why('red')];
  const names = (all: typeof steps): Set<string> => new Set(all.map(({ branch }) => branch));
  const came = names(landed);
  const stuck = [...names([...conflict, ...red])].filter((branch) => !came.has(branch));
  const reds = journals.filter(({ end }) => end === 'base-red').map(({ began }) => began);
  const proofs = journals.flatMap((journal) => journal.proofs);
  const flaky = new Set(
    proofs.filter((proof) => proof.flaky && proof.at >= since).map(({ tree }) => tree),
  );
  return {
    landings: journals.length,
    landed: landed.length,
    conflict: conflict.length,
    red: red.length,
    other: left.length - conflict.length - red.length,
    rate: share(landed.length, landed.length + conflict.length + red.length),
    branchRate: share(came.size, came.size + stuck.length),
    conflictsPerWeek: (conflict.length / daysIn(since, until)) * 7,
    validations: journals.reduce((sum, { runs }) => sum + runs, 0),
    flaky: flaky.size,
    baseRed: reds.length,
    recovery: middle(
      reds.flatMap((at) =>
        earliest(
          receipts.filter((one) => one > at),
          at,
        ),
      ),
    ),
  };
}

const share = (part: number, all: number): number | null => (all === 0 ? null : part / all);

const earliest = (later: readonly number[], from: number): number[] =>
  later.length === 0 ? [] : [Math.min(...later) - from];
