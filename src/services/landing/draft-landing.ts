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
import type { Policy } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';

/** The journal of a plan, before anything of it is done. */
export function draftLanding(
  { host, policy }: PolicySession,
  { base, mode, way, batch, retries, steps }: LandingPlan,
  clean: boolean,
): Omit<LandingJournal, 'began' | 'lander' | 'proofs'> {
  return {
    ...FRESH,
    id: idOf([base, steps.map(({ tip }) => tip), host.now()]),
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
    after: afterOf(policy),
    clean,
  };
}

/**
 * The journal of a landing that takes another back: newest first, and all of it together.
 *
 * @param elsewhere why the base cannot be moved back for it, a clause; null: it can
 */
export function draftUndo(
  { host, policy }: PolicySession,
  { id, base, mode, way, before, steps }: LandingReceipt,
  { onto, elsewhere }: { readonly onto: Oid; readonly elsewhere: string | null },
): Omit<LandingJournal, 'began' | 'lander' | 'proofs'> {
  return {
    ...FRESH,
    id: idOf([id, onto, host.now()]),
    base,
    before: onto,
    onto,
    mode,
    // There is nothing that others have opened for it.
    way: way === 'pull-requests' ? 'pull-request' : way,
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
    undoes: {
      receipt: id,
      before,
      back: elsewhere === null,
      why: elsewhere ?? 'nobody but this clone had it',
    },
    after: afterOf(policy),
    clean: false,
  };
}

const afterOf = ({ ownership }: Policy): LandingJournal['after'] =>
  ownership.land.after.length === 0 ? null : { state: 'due', words: '' };

/** Of a landing of which nothing is done. */
const FRESH = {
  search: NOTHING_KNOWN,
  publishing: null,
  rounds: 0,
  runs: 0,
  difference: null,
  end: null,
} as const;

const idOf = (plan: readonly unknown[]): LandingId =>
  parseLandingId(
    `l${Buffer.from(digest(JSON.stringify(plan)))
      .toString('hex')
      .slice(0, 10)}`,
  )!;
