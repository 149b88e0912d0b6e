import type { Oid } from '../../../domain/refs.ts';
import type { TreePair } from '../../../git/diff/diff-pairs.ts';
import type { Branch } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';
import type { Pick, Picks } from '../rebase/pick.ts';
import { readPicks } from '../rebase/read-picks.ts';
import { type Replayed, replayEach } from '../rebase/replay-each.ts';
import { signatureOf } from '../rebase/taken-over.ts';
import type { LandingMerge } from '../solo/merge-with-base.ts';
import type { LandedState, LandingStep } from './landed-state.ts';

/** A commit as it came to the base. */
export type ReplayedCommit = TreePair & { readonly pick: Pick };

/** Lands branches by replaying their commits, one after another. */
export class Rebases {
  readonly #context: FleetContext;
  readonly #branches: ReadonlyMap<string, Branch>;
  /** What each step brought to the base. */
  readonly #landed = new Map<LandingStep, readonly ReplayedCommit[]>();
  #picks: ReadonlyMap<string, Picks> | null = null;

  constructor(context: FleetContext, branches: ReadonlyMap<string, Branch>) {
    this.#context = context;
    this.#branches = branches;
  }

  /** @param onto the tree each step lands on. */
  async land(steps: readonly LandingStep[], onto: readonly Oid[]): Promise<LandingMerge[]> {
    if (steps.length === 0) return [];
    const all = (this.#picks ??= await picksByRef(this.#context, this.#branches));
    const own = steps.map(({ branch }) => all.get(branch.member.ref)!);
    const open = await this.#withoutLanded(steps, own);
    const replayed = await replayEach(
      this.#context,
      open.map((picks, at) => ({ onto: onto[at]!, picks: 'failed' in picks ? [] : picks })),
    );
    for (const [at, { made }] of replayed.entries()) this.#landed.set(steps[at]!, made);
    return open.map((picks, at) => mergeOf(picks, replayed[at]!));
  }

  /** What a step brought to the base, oldest first; nothing before it has landed. */
  landed(step: LandingStep): readonly ReplayedCommit[] {
    return this.#landed.get(step) ?? [];
  }

  /** What has landed with another branch under any name is left out, as `git rebase` does. */
  async #withoutLanded(steps: readonly LandingStep[], own: readonly Picks[]): Promise<Picks[]> {
    const alike = steps.map(({ from }, at) => this.#alike(from, own[at]!));
    const pairs = alike.flatMap((of) => [...of].flatMap(([pick, landed]) => [pick, ...landed]));
    await this.#context.patches.read(pairs);
    return own.map((picks, at) => {
      if ('failed' in picks) return picks;
      const { patches } = this.#context;
      return picks.filter(
        (pick) => !alike[at]!.get(pick)?.some((landed) => patches.areSame(pick, landed)),
      );
    });
  }

  /** For each commit those that landed before and change the same files. */
  #alike(from: LandedState, picks: Picks): Map<Pick, ReplayedCommit[]> {
    const bySignature = new Map<string, ReplayedCommit[]>();
    for (let at = from; at.step !== null; at = at.step.from)
      for (const landed of this.#landed.get(at.step) ?? []) {
        const key = signatureOf(landed.pick);
        bySignature.set(key, [...(bySignature.get(key) ?? []), landed]);
      }
    const found = new Map<Pick, ReplayedCommit[]>();
    for (const pick of 'failed' in picks ? [] : picks) {
      const landed = bySignature.get(signatureOf(pick));
      if (landed) found.set(pick, landed);
    }
    return found;
  }
}

const mergeOf = (picks: Picks, { outcome, stopped }: Replayed): LandingMerge =>
  'failed' in picks
    ? { outcome: picks, request: null, passed: [] }
    : { outcome, request: stopped, passed: [] };

async function picksByRef(
  context: FleetContext,
  branches: ReadonlyMap<string, Branch>,
): Promise<Map<string, Picks>> {
  const tips = [...branches].flatMap(([ref, { tip }]) => (tip ? [{ ref, tip }] : []));
  const picks = await readPicks(
    context,
    tips.map(({ tip }) => tip.commit),
  );
  return new Map(tips.map(({ ref }, at) => [ref, picks[at]!]));
}
