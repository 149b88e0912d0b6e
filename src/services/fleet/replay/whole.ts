import type { Oid } from '../../../domain/refs.ts';
import {
  type MergeOutcome,
  type MergeRequest,
  renamesCutShort,
} from '../../../git/merge/merge-process.ts';
import { changedEntries } from '../../../git/objects/changed-entries.ts';
import type { Commit } from '../../../git/objects/commit.ts';
import type { Branch } from '../fleet-branch.ts';
import { type FleetContext, reportMissing } from '../open/context.ts';
import { type Pick, readPicks, replayEach } from '../rebase.ts';
import { reportDoubt } from '../rename-doubts.ts';
import {
  type LandedNext,
  type LandingStep,
  type LandedState,
  landedStateAfter,
} from './landed-state.ts';
import { reworkOf } from './rework.ts';

/** A state as git knows it. */
interface Made {
  /** In the lab. */
  readonly commit: Oid;
  readonly tree: Oid;
  readonly time: number;
}

/** Lands branches as git does, one merge or one replay of commits for each. */
export class WholeLandings {
  readonly #context: FleetContext;
  readonly #branches: ReadonlyMap<string, Branch>;
  /** What landed by files is not among them until git needs it. */
  readonly #made = new Map<LandedState, Made>();
  /** Branches of which it was said that they cannot be decided. */
  readonly #doubted = new Set<string>();
  #picks: ReadonlyMap<string, readonly Pick[]> | null = null;

  constructor(context: FleetContext, branches: ReadonlyMap<string, Branch>) {
    this.#context = context;
    this.#branches = branches;
  }

  async land(steps: readonly LandingStep[]): Promise<LandedNext[]> {
    const known: Made[] = [];
    for (const { from } of steps) known.push(await this.#make(from));
    const { land } = this.#context.options;
    const outcomes = await (land === 'rebase'
      ? this.#replay(steps, known)
      : this.#merge(steps, known));
    const doubtful = await this.#doubtful(steps, known, outcomes);
    return Promise.all(
      steps.map((step, at) =>
        doubtful[at] ? this.#undecided(step) : this.#landed(step, known[at]!, outcomes[at]!),
      ),
    );
  }

  /**
   * Which conflicts may be none, because git gave up looking for renames. Which of many picks was cut
   * short cannot be told, so a rebase that stopped is doubted as a whole.
   */
  async #doubtful(
    steps: readonly LandingStep[],
    known: readonly Made[],
    outcomes: readonly MergeOutcome[],
  ): Promise<boolean[]> {
    const { lab, options } = this.#context;
    const stopped = outcomes.map((outcome) => !('failed' in outcome) && !outcome.clean);
    if (!stopped.includes(true) || !(await lab.hasCutShort())) return steps.map(() => false);
    if (options.land === 'rebase') return stopped;
    const requests = this.#requests(steps, known);
    return Promise.all(
      stopped.map(async (is, at) => is && (await renamesCutShort(lab.repo, requests[at]!))),
    );
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
    const since: Commit[] = [];
    let at = state;
    for (; at.step !== null && !this.#made.has(at); at = at.step.from)
      since.unshift(at.step.branch.tip!.commit);
    const before = this.#made.get(at) ?? this.#context.base;
    if (since.length === 0) return before;
    const changes = [...state.entries].filter(([path, entry]) => at.entries.get(path) !== entry);
    const tree = await this.#context.lab.overlay(before.tree, new Map(changes));
    return this.#keep(state, before, since, tree);
  }

  #keep(state: LandedState, before: Made, landed: readonly Commit[], tree: Oid): Made {
    const time = Math.max(before.time, ...landed.map((tip) => tip.time)) + 1;
    const tips = landed.map(({ commit }) => commit);
    const kept = this.#context.options.land === 'merge' ? tips : [];
    const commit = this.#context.lab.commit({ tree, parents: [before.commit, ...kept], time });
    const made = { commit, tree, time };
    this.#made.set(state, made);
    return made;
  }

  #merge(steps: readonly LandingStep[], known: readonly Made[]): Promise<MergeOutcome[]> {
    return this.#context.lab.merge(this.#requests(steps, known), 'trying the order');
  }

  #requests(steps: readonly LandingStep[], known: readonly Made[]): MergeRequest[] {
    return steps.map(({ branch }, at) => ({
      ours: known[at]!.commit,
      theirs: branch.tip!.commit.commit,
    }));
  }

  /** What has landed with another branch is left out, as `git rebase` does. */
  async #replay(steps: readonly LandingStep[], known: readonly Made[]): Promise<MergeOutcome[]> {
    const picks = (this.#picks ??= await picksByRef(this.#context, this.#branches));
    const series = steps.map(({ from, branch }, at) => {
      const before = from.refs.flatMap((ref) => picks.get(ref)!);
      const landed = new Set(before.map(({ commit }) => commit));
      const own = picks.get(branch.member.ref)!.filter(({ commit }) => !landed.has(commit));
      return { onto: known[at]!.tree, picks: own };
    });
    return replayEach(this.#context, series);
  }

  async #landed(step: LandingStep, before: Made, outcome: MergeOutcome): Promise<LandedNext> {
    const { branch } = step;
    if ('failed' in outcome) {
      reportMissing(this.#context, [branch.member.ref], outcome.failed);
      return { kind: 'unknown' };
    }
    const { clean, tree, conflicts } = outcome;
    if (!clean) return { kind: 'stopped', files: reworkOf(branch, conflicts) };
    const { lab } = this.#context;
    const changes = await changedEntries((oid) => lab.readTree(oid), before.tree, tree);
    const state = landedStateAfter(step, changes);
    this.#keep(state, before, [branch.tip!.commit], tree);
    return { kind: 'landed', state };
  }
}

async function picksByRef(
  context: FleetContext,
  branches: ReadonlyMap<string, Branch>,
): Promise<Map<string, Pick[]>> {
  const tips = [...branches].flatMap(([ref, { tip }]) => (tip ? [{ ref, tip }] : []));
  const picks = await readPicks(
    context,
    tips.map(({ tip }) => tip.commit),
  );
  return new Map(tips.map(({ ref }, at) => [ref, picks[at]!]));
}
