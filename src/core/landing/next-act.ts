import type { Oid } from '../../domain/refs.ts';
import type { JournalStep, LandingJournal } from '../../domain/states/landing-journal.ts';
import { batchOf, isAfterDue, lineOf } from './line.ts';
import { nextPrefix } from './prefix-search.ts';

/** What has to be done now. Each can be done again after a kill, and comes to the same. */
export type LandingAct =
  /** Make the commits of the line that are missing, on top of `onto`. */
  | {
      readonly kind: 'build';
      readonly onto: Oid;
      readonly built: readonly JournalStep[];
      readonly waiting: readonly JournalStep[];
    }
  /** Run the checks on exactly this commit; null is the base itself. `again`: it was red. */
  | {
      readonly kind: 'validate';
      readonly prefix: number;
      readonly steps: readonly JournalStep[];
      readonly again: boolean;
    }
  /** Write down that the base is about to move to the end of the batch. */
  | { readonly kind: 'announce'; readonly to: Oid }
  /** Move the base. */
  | { readonly kind: 'publish'; readonly from: Oid; readonly to: Oid }
  /** Run what must hold now that all of it is over. */
  | { readonly kind: 'check'; readonly commit: Oid }
  | { readonly kind: 'rest' };

/**
 * What a landing needs next, from nothing but its journal: so that whoever takes it up after a kill does
 * what would have been done.
 */
export function nextAct(journal: LandingJournal): LandingAct {
  if (journal.end !== null) return { kind: 'rest' };
  if (journal.publishing !== null)
    return { kind: 'publish', from: journal.onto, to: journal.publishing };
  if (isAfterDue(journal)) return { kind: 'check', commit: journal.onto };
  const line = lineOf(journal);
  const built = line.filter(({ state }) => state === 'built');
  const waiting = line.filter(({ state }) => state === 'waiting');
  if (waiting.length > 0) return { kind: 'build', onto: journal.onto, built, waiting };
  const batch = batchOf(journal);
  // Pull requests are merged one by one, however many were validated together.
  if (journal.way === 'pull-requests' && isFirstGreen(journal))
    return { kind: 'announce', to: batch[0]!.at(-1)!.made!.commit };
  const next = nextPrefix(journal.search, batch.length, journal.retries);
  if (next.kind !== 'try') return { kind: 'announce', to: batch.at(-1)!.at(-1)!.made!.commit };
  const { prefix, again } = next;
  return { kind: 'validate', prefix, steps: batch.slice(0, prefix).flat(), again };
}

const isFirstGreen = ({ search: { green, red } }: LandingJournal): boolean =>
  red === null && green !== null && green > 0;
