import { NOTHING_KNOWN } from '../../core/landing/prefix-search.ts';
import type { LandingPlan } from '../../domain/reports/land.ts';
import {
  type LandingId,
  type LandingJournal,
  parseLandingId,
} from '../../domain/states/landing-journal.ts';
import type { Oid } from '../../domain/refs.ts';
import type { LandingReceipt } from '../../domain/states/landing-receipt.ts';
import { digest } from '../../host/digest.ts';

/** The journal of a plan, before anything of it is done. */
export function draftLanding(
  { base, mode, way, batch, retries, steps }: LandingPlan,
  now: number,
): Omit<LandingJournal, 'began' | 'lander' | 'proofs'> {
  return {
    ...FRESH,
    id: idOf([base, steps.map(({ tip }) => tip), now]),
    base: base.branch,
    before: base.oid,
    onto: base.oid,
    mode,
    way,
    batch,
    retries,
    steps: steps.map(({ branch, tip, agent, after, together }) => {
      return { branch, tip, agent, after, together, state: 'waiting', made: null, left: null };
    }),
    undoes: null,
  };
}

/** The journal of a landing that takes another back: newest first, and all of it together. */
export function draftUndo(
  { id, base, mode, way, before, steps }: LandingReceipt,
  onto: Oid,
  now: number,
): Omit<LandingJournal, 'began' | 'lander' | 'proofs'> {
  return {
    ...FRESH,
    id: idOf([id, onto, now]),
    base,
    before: onto,
    onto,
    mode,
    way,
    batch: Math.max(steps.length, 1),
    retries: 1,
    steps: steps.toReversed().map(({ branch, commit, agent }) => {
      return {
        branch,
        tip: commit,
        agent,
        after: [],
        together: [],
        state: 'waiting',
        made: null,
        left: null,
      };
    }),
    undoes: { receipt: id, before },
  };
}

/** Of a landing of which nothing is done. */
const FRESH = { search: NOTHING_KNOWN, publishing: null, rounds: 0, runs: 0, end: null } as const;

const idOf = (plan: readonly unknown[]): LandingId =>
  parseLandingId(
    `l${Buffer.from(digest(JSON.stringify(plan)))
      .toString('hex')
      .slice(0, 10)}`,
  )!;
