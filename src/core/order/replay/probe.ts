import type { ReworkFile } from '../../../domain/reports/order.ts';
import type { MergeConflict } from '../../../domain/reports/overlap.ts';

/** A question to git: once `landed` have landed on the base, in this order, does `next` merge? */
export interface ProbeRequest {
  readonly landed: readonly string[];
  readonly next: string;
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
  readonly known: Map<string, ProbeOutcome>;
}

/** Asks what is not known yet. Null when that is more than may be asked; then nothing is. */
export function* ask(
  budget: ProbeBudget,
  requests: readonly ProbeRequest[],
): Probing<readonly ProbeOutcome[] | null> {
  const open = requests.filter((request) => !budget.known.has(keyOf(request)));
  const fresh = [...new Map(open.map((request) => [keyOf(request), request])).values()];
  if (fresh.length > budget.left) return null;
  budget.left -= fresh.length;
  budget.made += fresh.length;
  const outcomes = fresh.length > 0 ? yield fresh : [];
  fresh.forEach((request, at) => budget.known.set(keyOf(request), outcomes[at]!));
  return requests.map((request) => budget.known.get(keyOf(request))!);
}

const keyOf = ({ landed, next }: ProbeRequest): string => [...landed, next].join('\0');

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
