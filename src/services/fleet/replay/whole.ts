import type { Oid } from '../../../domain/refs.ts';
import {
  type MergeOutcome,
  type MergeRequest,
  renamesCutShort,
} from '../../../git/merge/merge-process.ts';
import { changedEntries } from '../../../git/objects/changed-entries.ts';
import type { Commit } from '../../../git/objects/commit.ts';
import type { Unanswered } from '../../../git/process/unanswered.ts';
import type { Branch } from '../fleet-branch.ts';
import { type FleetContext, reportUnanswered, unlessMissing } from '../open/context.ts';
import { reportDoubt } from '../rename-doubts.ts';
import type { LandingMerge } from '../solo/merge-with-base.ts';
import { aloneOnBase } from './alone-on-base.ts';
import { type LandedNext, LandedState, type LandingStep } from './landed-state.ts';
import { Rebases, type ReplayedCommit } from './rebases.ts';
import { reworkOf } from './rework.ts';

/** Said while it works. */
export const PHASE = 'trying the order';

/** A state as git knows it. */
interface Made {
  /** In the lab. */
  readonly commit: Oid;
  readonly tree: Oid;
  readonly time: number;
}

/** What each step lands on. */
type Known = ReadonlyMap<LandingStep, Made>;

/** Lands branches as git does, one merge or one replay of commits for each. */
export class WholeLandings {
  readonly #context: FleetContext;
  /** What came of a step. What landed by files is not among them until git needs it. */
  readonly #made = new Map<LandingStep, Made>();
  /** Branches of which it was said that they cannot be decided. */
  readonly #doubted = new Set<string>();
  readonly #rebases: Rebases;
  readonly #asHere: boolean;
  /** Git has read what was not there yet: each time that costs a process, and all of it is there from then on. */
  #readsMore = false;

  /** @param asHere what is missing is not made first. */
  constructor(context: FleetContext, branches: ReadonlyMap<string, Branch>, asHere = false) {
    this.#context = context;
    this.#asHere = asHere;
    this.#rebases = new Rebases(context, branches);
  }

  async land(steps: readonly LandingStep[]): Promise<LandedNext[]> {
    const made = new Map<LandingStep, Made>();
    const results = new Map<LandingStep, LandedNext>();
    for (const step of steps) {
      const from = await unlessMissing(() => this.#make(step.from));
      if ('failed' in from) results.set(step, this.#unanswered(step, from));
      else made.set(step, from);
    }
    const landed = await this.#landFrom(made);
    for (const [at, step] of [...made.keys()].entries()) results.set(step, landed[at]!);
    return steps.map((step) => results.get(step)!);
  }

  async #landFrom(known: Known): Promise<LandedNext[]> {
    const onto = [...known.values()].map(({ tree }) => tree);
    const merges = await (this.#context.options.land === 'rebase'
      ? this.#rebases.land([...known.keys()], onto)
      : this.#merge(known));
    const doubtful = await this.#doubtful(merges);
    return [...known].map(([step, from], at) =>
      doubtful[at] ? this.#undecided(step) : this.#landed(step, from, merges[at]!.outcome),
    );
  }

  /** Which conflicts may be none, because git gave up looking for renames. */
  async #doubtful(merges: readonly LandingMerge[]): Promise<boolean[]> {
    const { lab } = this.#context;
    const stopped = merges.map(({ outcome }) => !('failed' in outcome) && !outcome.clean);
    if (!stopped.includes(true) || !(await lab.hasCutShort())) return merges.map(() => false);
    return Promise.all(
      merges.map(
        async ({ request }, at) =>
          stopped[at]! && request !== null && (await renamesCutShort(lab.repo, request)),
      ),
    );
  }

  /** The tree that a state is, as an object of the lab; null where git cannot read what it is made of. */
  async treeOf(state: LandedState): Promise<Oid | null> {
    const made = await unlessMissing(() => this.#make(state));
    return 'failed' in made ? null : made.tree;
  }

  /** The commits that a rebase made of a branch when it landed, as trees, oldest first. */
  replayed(step: LandingStep): readonly ReplayedCommit[] {
    return this.#rebases.landed(step);
  }

  #undecided({ branch }: LandingStep): LandedNext {
    const { ref } = branch.member;
    if (!this.#doubted.has(ref))
      reportDoubt(this.#context, [ref], 'once others have landed before it');
    this.#doubted.add(ref);
    return { kind: 'unknown' };
  }

  /** A state as git knows it. What came about by files is written here first. */
  async #make(state: LandedState): Promise<Made> {
    const since: LandedState[] = [];
    let at = state;
    for (; at.step !== null && !this.#made.has(at.step); at = at.step.from) since.unshift(at);
    const before = (at.step && this.#made.get(at.step)) ?? this.#context.base;
    if (since.length === 0) return before;
    const changes = new Map(since.flatMap((each) => [...each.changes]));
    const tree = await this.#context.lab.overlay(before.tree, changes);
    const landed = since.map(({ step }) => step!.branch.tip!.commit);
    return this.#keep(state.step!, before, landed, tree);
  }

  #keep(step: LandingStep, before: Made, landed: readonly Commit[], tree: Oid): Made {
    const time = Math.max(before.time, ...landed.map((tip) => tip.time)) + 1;
    const tips = landed.map(({ commit }) => commit);
    const kept = this.#context.options.land === 'merge' ? tips : [];
    const commit = this.#context.lab.commit({ tree, parents: [before.commit, ...kept], time });
    const made = { commit, tree, time };
    this.#made.set(step, made);
    return made;
  }

  async #merge(known: Known): Promise<LandingMerge[]> {
    const steps = [...known.keys()];
    const requests = [...known].map(([{ branch }, { commit }]): MergeRequest => ({
      ours: commit,
      theirs: branch.tip!.commit.commit,
    }));
    const alone = steps.map(aloneOnBase);
    const open = [...requests.keys()].filter((at) => alone[at] === null);
    const outcomes = await this.#mergeOpen(
      open.map((at) => requests[at]!),
      open.map((at) => steps[at]!),
    );
    const outcomeAt = (at: number): MergeOutcome => alone[at] ?? outcomes.shift()!;
    return requests.map((request, at) => ({ request, outcome: outcomeAt(at), passed: [] }));
  }

  /** Where git did not get through, once more with everything there that an earlier run made. */
  async #mergeOpen(
    requests: readonly MergeRequest[],
    steps: readonly LandingStep[],
  ): Promise<MergeOutcome[]> {
    const { lab } = this.#context;
    if (this.#readsMore && !this.#asHere) await lab.absent.provide(leftBefore(steps), PHASE);
    const outcomes = await lab.merge(requests, PHASE);
    const failed = [...outcomes.keys()].filter((at) => isUnread(outcomes[at]!));
    if (failed.length === 0 || this.#asHere) return outcomes;
    const wanted = leftBefore(failed.map((at) => steps[at]!));
    // What was missing may also have come of a merge after it.
    if (!(await lab.absent.provide(wanted, PHASE)) && requests.length === 1) return outcomes;
    this.#readsMore = true;
    const again = failed.map((at) => requests[at]!);
    for (const [at, outcome] of (await lab.merge(again, PHASE)).entries())
      outcomes[failed[at]!] = outcome;
    return outcomes;
  }

  #unanswered({ branch }: LandingStep, why: Unanswered): LandedNext {
    reportUnanswered(this.#context, [branch.member.ref], why);
    return { kind: 'unknown' };
  }

  #landed(step: LandingStep, before: Made, outcome: MergeOutcome): LandedNext {
    const { branch } = step;
    if ('failed' in outcome) return this.#unanswered(step, outcome);
    const { clean, tree, conflicts } = outcome;
    if (!clean) return { kind: 'stopped', files: reworkOf(branch, conflicts), conflicts };
    this.#keep(step, before, [branch.tip!.commit], tree);
    let state: Promise<LandedState | null> | null = null;
    return { kind: 'landed', state: () => (state ??= this.#stateAfter(step, before.tree, tree)) };
  }

  /** Reads two trees, so not before it is needed: of most landings that are tried it never is. */
  async #stateAfter(step: LandingStep, before: Oid, after: Oid): Promise<LandedState | null> {
    const { lab } = this.#context;
    const changes = await unlessMissing(() =>
      changedEntries((oid) => lab.readTree(oid), before, after),
    );
    if (!('failed' in changes)) return new LandedState(step, changes);
    reportUnanswered(this.#context, [step.branch.member.ref], changes);
    return null;
  }
}

/** Whether git found something missing, and did not itself break off. */
const isUnread = (outcome: MergeOutcome): boolean => 'failed' in outcome && !outcome.died;

const leftBefore = (steps: readonly LandingStep[]): Oid[] =>
  steps.flatMap(({ from }) => from.contents());
