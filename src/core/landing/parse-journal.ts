import * as v from 'valibot';
import { err, ok, type Result } from '../../domain/result.ts';
import {
  AFTER_STATES,
  LANDING_ENDS,
  type LandingJournal,
  LEFT_REASONS,
  STEP_STATES,
} from '../../domain/states/landing-journal.ts';
import { MOST_PROOFS } from './after-event.ts';
import {
  Count,
  Id,
  Made,
  Mode,
  ReceiptText,
  StepList,
  Text,
  Way,
  WrittenProof,
} from './written-forms.ts';
import { readWrittenState, writtenState } from '../text/written-state.ts';
import { Agent, Branch, Moment, momentText, ObjectId } from '../text/written-values.ts';

/** `state.json` of a landing, times in ISO 8601 UTC. */
export const serialiseJournal = (journal: LandingJournal): string =>
  writtenState({
    ...journal,
    proofs: journal.proofs.map((proof) => ({ ...proof, at: momentText(proof.at) })),
    lander: { ...journal.lander, until: momentText(journal.lander.until) },
    began: momentText(journal.began),
  });

/**
 * Reads `state.json` back. Anything that `serialiseJournal` could not have written is refused with the
 * reason: a landing that cannot be read is not one that has ended.
 */
export function parseJournal(text: string): Result<LandingJournal, string> {
  const read = readWrittenState(text, { noun: 'a landing', schema: WrittenJournal });
  return read.ok ? (misfit(read.value) ?? ok(read.value)) : read;
}

/** What no event could have led to. */
function misfit({ steps, end, publishing }: LandingJournal): Result<never, string> | null {
  if (new Set(steps.map(({ branch }) => branch)).size !== steps.length)
    return err('it names a branch twice');
  if (steps.some(({ state, left }) => (state === 'left') !== (left !== null)))
    return err('a step and why it has left disagree');
  if (steps.some(({ state, made }) => (state === 'built' || state === 'landed') !== !!made))
    return err('a step and its commit disagree');
  if (end !== null && publishing !== null) return err('it has ended, and has not');
  return null;
}

const Step = v.object({
  branch: Branch,
  tip: ObjectId,
  agent: v.nullable(Agent),
  after: StepList(Branch),
  // A journal of before branches could go together does not say it.
  together: v.optional(StepList(Branch), []),
  state: v.picklist(STEP_STATES),
  made: v.nullable(Made),
  left: v.nullable(v.object({ why: v.picklist(LEFT_REASONS), words: Text })),
});

const Search = v.object({
  green: v.nullable(Count),
  red: v.nullable(v.object({ prefix: Count, words: Text, seen: Count })),
});

const Undone = v.object({
  receipt: ReceiptText,
  before: ObjectId,
  // One of before the base could be moved back does not say these.
  back: v.optional(v.boolean(), false),
  why: v.optional(Text, ''),
});

const WrittenJournal: v.GenericSchema<unknown, LandingJournal> = v.object({
  id: Id,
  base: Branch,
  before: ObjectId,
  onto: ObjectId,
  mode: Mode,
  way: Way,
  batch: v.pipe(Count, v.minValue(1)),
  retries: Count,
  steps: StepList(Step),
  search: Search,
  publishing: v.nullable(ObjectId),
  rounds: Count,
  runs: Count,
  proofs: v.pipe(v.array(WrittenProof), v.maxLength(MOST_PROOFS)),
  lander: v.object({
    mark: v.object({
      pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
      host: Text,
      started: v.nullable(Text),
    }),
    until: Moment,
  }),
  // A journal of before landings could be taken back does not say it.
  undoes: v.optional(v.nullable(Undone), null),
  // Nor does one of before something could have to hold at the end.
  after: v.optional(v.nullable(v.object({ state: v.picklist(AFTER_STATES), words: Text })), null),
  // Nor one of before what landed could be removed.
  clean: v.optional(v.boolean(), false),
  // Nor one of before others could be asked to move the base.
  difference: v.optional(v.nullable(Text), null),
  end: v.nullable(v.picklist(LANDING_ENDS)),
  began: Moment,
});
