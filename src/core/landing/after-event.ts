import type { BranchName, Oid } from '../../domain/refs.ts';
import type {
  JournalStep,
  LandingJournal,
  LeftOut,
  MadeStep,
  Proof,
} from '../../domain/states/landing-journal.ts';
import { batchOf, isAfterDue, lineOf, unitsOf, withoutSteps } from './line.ts';
import { learn, nextPrefix, NOTHING_KNOWN } from './prefix-search.ts';

/** What happened to a landing. */
export type LandingEvent =
  /** The line was built, but for what does not merge. */
  | {
      readonly kind: 'built';
      readonly made: ReadonlyMap<BranchName, MadeStep>;
      readonly left: ReadonlyMap<BranchName, LeftOut>;
    }
  | {
      readonly kind: 'validated';
      readonly prefix: number;
      /** What failed, a clause; null: nothing did. */
      readonly words: string | null;
      /** That nothing did, unless that was known before. */
      readonly proof: Proof | null;
    }
  /** The base is about to move there. */
  | { readonly kind: 'announced'; readonly to: Oid }
  /** It has. */
  | {
      readonly kind: 'published';
      /** Where the base is now, if whoever moved it made a commit of its own. */
      readonly onto?: Oid;
      /** How that differs from what was validated, a clause. */
      readonly difference?: string | null;
    }
  /** It could not be moved, and is where it was. */
  | { readonly kind: 'unmoved' }
  /** Somebody else has moved the base. */
  | {
      readonly kind: 'overtaken';
      readonly onto: Oid;
      /** Why it cannot be moved back any more, a clause; by default that it has moved. */
      readonly because?: string;
    }
  /** These are not to land any more. */
  | { readonly kind: 'left'; readonly left: ReadonlyMap<BranchName, LeftOut> }
  /** What must hold at the end was run. `words`: what failed, a clause; null: nothing did. */
  | { readonly kind: 'checked'; readonly words: string | null }
  | { readonly kind: 'aborted' };

/** How often a landing is built anew because the base moved. */
export const MOST_ROUNDS = 3;
/** Trees that have passed are remembered, those of a few long landings. */
export const MOST_PROOFS = 200;

/**
 * The journal after something happened, or when it begins. What follows from what is known has then
 * followed, so that `nextAct` only says what somebody has to do. A landing that is over stays as it is,
 * and what is on its way to the base cannot be called back.
 */
export function afterEvent(journal: LandingJournal, event: LandingEvent): LandingJournal {
  const { end, publishing } = journal;
  const late = publishing !== null && (event.kind === 'left' || event.kind === 'aborted');
  return end !== null || late ? journal : settle(happened(journal, event));
}

function happened(journal: LandingJournal, event: LandingEvent): LandingJournal {
  const { search } = journal;
  switch (event.kind) {
    case 'built':
      return withLine(journal, leaving(journal, event.left).map(builtAs(event.made)));
    case 'validated': {
      const { prefix, words, proof } = event;
      // What was remembered was not run.
      const runs = journal.runs + (words === null && proof === null ? 0 : 1);
      const proofs = proof === null ? journal.proofs : withProof(journal.proofs, proof);
      return { ...journal, search: learn(search, prefix, words), runs, proofs };
    }
    case 'announced':
      return { ...journal, publishing: event.to };
    case 'published':
      return journal.publishing === null ? journal : landed(journal, journal.publishing, event);
    case 'unmoved':
      return { ...journal, publishing: null };
    case 'overtaken':
      return overtaken(journal, event);
    case 'left':
      return withLine(journal, leaving(journal, event.left));
    case 'checked': {
      const { words } = event;
      const after = { state: words === null ? 'passed' : 'red', words: words ?? '' } as const;
      return { ...journal, after };
    }
    case 'aborted':
      return { ...journal, end: 'aborted' };
  }
}

/** Draws the conclusions: a culprit leaves, and a landing with nothing left to do ends. */
export function settle(journal: LandingJournal): LandingJournal {
  const { end, publishing, retries, search } = journal;
  if (end !== null || publishing !== null) return journal;
  const batch = batchOf(journal);
  if (batch.length === 0) return isAfterDue(journal) ? journal : { ...journal, end: 'done' };
  const next = nextPrefix(search, batch.length, retries);
  if (next.kind === 'base-red') return { ...journal, end: 'base-red' };
  if (next.kind !== 'culprit') return journal;
  const left: LeftOut = { why: 'red', words: next.words };
  const culprit = new Map(batch[next.green]!.map(({ branch }) => [branch, left]));
  return settle(withLine(journal, leaving(journal, culprit)));
}

/** What is taken back, is taken back whole: what cannot be takes all of it along. */
function leaving(
  journal: LandingJournal,
  left: ReadonlyMap<BranchName, LeftOut>,
): readonly JournalStep[] {
  const culprit = [...left].find(([, { why }]) => why !== 'landed')?.[0];
  if (journal.undoes === null || culprit === undefined) return withoutSteps(journal.steps, left);
  const along: LeftOut = { why: 'after', words: `goes only together with ${culprit}` };
  const all = lineOf(journal).map(({ branch }) => [branch, left.get(branch) ?? along] as const);
  return withoutSteps(journal.steps, new Map(all));
}

/** A line that some have left is green as far as it is what it was, and not known to be red anywhere. */
function withLine(journal: LandingJournal, steps: readonly JournalStep[]): LandingJournal {
  const [before, after] = [journal, { steps }].map((each) => unitsOf(lineOf(each)).map(namesIn));
  if (after!.join() === before!.join()) return { ...journal, steps };
  const differs = after!.findIndex((names, at) => names !== before![at]);
  const same = differs < 0 ? after!.length : differs;
  const { green } = journal.search;
  return {
    ...journal,
    steps,
    search: { green: green === null ? null : Math.min(green, same), red: null },
  };
}

/** No name of a branch has a space. */
const namesIn = (unit: readonly JournalStep[]): string =>
  unit.map(({ branch }) => branch).join(' ');

const builtAs =
  (made: ReadonlyMap<BranchName, MadeStep>) =>
  (step: JournalStep): JournalStep => {
    const now = step.state === 'waiting' ? made.get(step.branch) : undefined;
    return now === undefined ? step : { ...step, state: 'built', made: now };
  };

function landed(
  journal: LandingJournal,
  to: Oid,
  { onto = to, difference = null }: Extract<LandingEvent, { kind: 'published' }>,
): LandingJournal {
  const units = unitsOf(lineOf(journal));
  const last = units.findIndex((unit) => unit.at(-1)?.made?.commit === to) + 1;
  const moved = new Set(units.slice(0, last).flat());
  const steps = journal.steps.map((step): JournalStep =>
    moved.has(step) ? { ...step, state: 'landed' } : step,
  );
  // What was published was green, so the new base is, and what was green on top of it still is.
  const green = Math.max(0, (journal.search.green ?? 0) - last);
  const search = { green, red: null };
  const now = { ...journal, onto, publishing: null, steps, search };
  return difference === null ? now : { ...now, difference, end: 'differs' };
}

/** What others know of meanwhile is not taken from them: it is taken back by reverts. */
function overtaken(
  journal: LandingJournal,
  {
    onto,
    because = `${journal.base} has moved meanwhile`,
  }: Extract<LandingEvent, { kind: 'overtaken' }>,
): LandingJournal {
  const { undoes } = journal;
  const rounds = journal.rounds + 1;
  const steps = journal.steps.map((step): JournalStep =>
    step.state === 'built' ? { ...step, state: 'waiting', made: null } : step,
  );
  const end = rounds > MOST_ROUNDS ? 'overtaken' : null;
  return {
    ...journal,
    ...{ onto, rounds, publishing: null, search: NOTHING_KNOWN, steps, end },
    undoes: undoes && (undoes.back ? { ...undoes, back: false, why: because } : undoes),
  };
}

const withProof = (proofs: readonly Proof[], proof: Proof): Proof[] =>
  [
    ...proofs.filter(({ tree, digest }) => tree !== proof.tree || digest !== proof.digest),
    proof,
  ].slice(-MOST_PROOFS);
