import type { ReworkFile } from '../../../domain/reports/order.ts';
import type { MergeConflict } from '../../../domain/reports/overlap.ts';

/** A question to git: once `landed` have landed on the base, in this order, does `next` merge? */
export interface ProbeRequest {
  readonly landed: readonly string[];
  readonly next: string;
  /** What is going to be asked in this order if all goes as foreseen, so that it can be prepared at once. */
  readonly foreseen?: readonly ForeseenLanding[];
}

/** A branch whose turn will come. */
export interface ForeseenLanding {
  readonly ref: string;
  /** False for one that will stop, and be set aside. */
  readonly lands: boolean;
}

/**
 * git's answer; `files` are those that conflict, with the lines `next` changed in them. Null when it could
 * not tell, or one of `landed` does not land.
 */
export type ProbeOutcome =
  | { readonly clean: true }
  | {
      readonly clean: false;
      readonly files: readonly ReworkFile[];
      /** What git says of it, where that was kept. */
      readonly conflicts?: readonly MergeConflict[];
    }
  | { readonly clean: null };

/**
 * A procedure that needs merges and leaves them to whoever drives it: it yields questions that do
 * not depend on each other and goes on with as many answers, in the same order.
 */
export type Probing<Answer> = Generator<readonly ProbeRequest[], Answer, readonly ProbeOutcome[]>;

/** What has been asked, and how much more may be. */
export interface ProbeBudget {
  left: number;
  made: number;
  readonly known: KnownProbes;
}

/** Asks what is not known yet. Null when that is more than may be asked; then nothing is. */
export function* ask(
  budget: ProbeBudget,
  requests: readonly ProbeRequest[],
): Probing<readonly ProbeOutcome[] | null> {
  const slots = requests.map((request) => budget.known.at(request));
  const fresh = new Map<Slot, ProbeRequest>();
  for (const [at, slot] of slots.entries())
    if (slot.outcome === undefined && !fresh.has(slot)) fresh.set(slot, requests[at]!);
  if (fresh.size > budget.left) return null;
  budget.left -= fresh.size;
  budget.made += fresh.size;
  const outcomes = fresh.size > 0 ? yield [...fresh.values()] : [];
  [...fresh.keys()].forEach((slot, at) => (slot.outcome = outcomes[at]!));
  return slots.map(({ outcome }) => outcome!);
}

/** Where the answer to one question is kept; those that begin alike share a way. */
interface Slot {
  outcome?: ProbeOutcome;
  readonly next: Map<string, Slot>;
}

/** The questions asked so far. */
export class KnownProbes {
  readonly #root: Slot = { next: new Map() };

  at({ landed, next }: ProbeRequest): Slot {
    let slot = this.#root;
    for (const ref of landed) slot = stepInto(slot, ref);
    return stepInto(slot, next);
  }
}

function stepInto(slot: Slot, ref: string): Slot {
  let next = slot.next.get(ref);
  if (!next) slot.next.set(ref, (next = { next: new Map() }));
  return next;
}

/** Runs procedures side by side: each round asks what all of them need next. */
export function* sideBySide<Answer>(procedures: readonly Probing<Answer>[]): Probing<Answer[]> {
  const answers: Answer[] = [];
  let running = procedures.map((procedure, at) => ({ procedure, at, step: procedure.next() }));
  for (;;) {
    for (const { step, at } of running) if (step.done) answers[at] = step.value;
    running = running.filter(({ step }) => !step.done);
    if (running.length === 0) return answers;
    const asked = running.map(({ step }) => step.value as readonly ProbeRequest[]);
    const outcomes = yield asked.flat();
    let from = 0;
    running = running.map(({ procedure, at }, index) => {
      const slice = outcomes.slice(from, (from += asked[index]!.length));
      return { procedure, at, step: procedure.next(slice) };
    });
  }
}
