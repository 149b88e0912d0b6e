import { NOTHING_KNOWN } from '../../core/landing/prefix-search.ts';
import type { LandingPlan } from '../../domain/reports/land.ts';
import { type LandingJournal, parseLandingId } from '../../domain/states/landing-journal.ts';
import { digest } from '../../host/digest.ts';

/** The journal of a plan, before anything of it is done. */
export function draftLanding(
  { base, mode, way, batch, retries, steps }: LandingPlan,
  now: number,
): Omit<LandingJournal, 'began' | 'lander' | 'proofs'> {
  const name = digest(JSON.stringify([base, steps.map(({ tip }) => tip), now]));
  const id = parseLandingId(`l${Buffer.from(name).toString('hex').slice(0, 10)}`)!;
  return {
    id,
    base: base.branch,
    before: base.oid,
    onto: base.oid,
    mode,
    way,
    batch,
    retries,
    steps: steps.map(({ branch, tip, agent, after }) => {
      return { branch, tip, agent, after, state: 'waiting', made: null, left: null };
    }),
    search: NOTHING_KNOWN,
    publishing: null,
    rounds: 0,
    runs: 0,
    end: null,
  };
}
