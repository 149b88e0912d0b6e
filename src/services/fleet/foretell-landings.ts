import { type ChosenSteps, chooseSteps } from '../../core/landing/choose-steps.ts';
import { keepTogether } from '../../core/landing/keep-together.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Oid } from '../../domain/refs.ts';
import type { OrderData, OrderEntry } from '../../domain/reports/order.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { LeftOut } from '../../domain/states/landing-journal.ts';
import { findOrder, type FleetOrder, type OrderWishes } from './find-order.ts';
import type { FleetContext } from './open/context.ts';
import type { Member } from './open/members.ts';

/** A branch that lands, and what the base comes to with it. */
export interface ForetoldStep {
  readonly ref: string;
  readonly tip: Oid;
  readonly agent: AgentId | null;
  /** What must land before it. */
  readonly after: readonly string[];
  /** What it lands only together with. */
  readonly together: readonly string[];
  /** The tree of the base once this and all before it have landed. */
  readonly tree: Oid;
}

/** A branch that does not. */
export interface ForetoldLeft extends LeftOut {
  readonly ref: string;
  readonly tip: Oid;
  readonly agent: AgentId | null;
}

/** What landing a fleet in its cheapest order comes to. */
export interface ForetoldLandings {
  readonly fleet: FleetOrder;
  readonly order: OrderData;
  /** In the order in which they land. */
  readonly steps: readonly ForetoldStep[];
  /** Sorted by ref. */
  readonly left: readonly ForetoldLeft[];
}

/**
 * Finds the order, lands the fleet in it in memory, and gives the tree that each step comes to in the
 * landing mode of the options. Nothing is written outside the lab.
 *
 * @returns why there is no order, a sentence without a full stop, where branches wait for each other
 */
export async function foretellLandings(
  context: FleetContext,
  members: readonly Member[],
  wishes: OrderWishes = {},
): Promise<Result<ForetoldLandings, string>> {
  const fleet = await findOrder(context, members, context.session.host.now(), wishes);
  if (!fleet.order.ok) return err(fleet.order.error);
  const order = fleet.order.value;
  const { branches, base } = fleet.overlap;
  const chosen = chooseSteps({ base: base.ref, branches, order });
  const entries = new Map(order.order.map((entry) => [entry.ref, entry]));
  const pairs = (wishes.together ?? []).map(({ asker, owner }) => [asker, owner] as const);
  let { left, sequence } = together(chosen, entries, pairs);
  let trees = await fleet.landings.trees(sequence);
  // An order that was not tried to its end, or that was changed to keep some together, may still stop.
  while (trees.length < sequence.length) {
    const stopped = sequence[trees.length]!;
    const why = { why: 'conflict', words: 'conflicts with what lands before it' } as const;
    ({ left, sequence } = together(
      { sequence, left: new Map([...left, [stopped, why]]) },
      entries,
      pairs,
    ));
    trees = await fleet.landings.trees(sequence);
  }
  context.memory.save();
  const tips = new Map(
    fleet.branches.map(({ member, tip }) => [member.ref, tip?.commit.commit ?? member.oid]),
  );
  const agents = new Map(fleet.branches.map(({ member }) => [member.ref, member.agent]));
  const named = (ref: string) => ({ ref, tip: tips.get(ref)!, agent: agents.get(ref) ?? null });
  return ok({
    fleet,
    order,
    steps: sequence.map((ref, at) => ({
      ...named(ref),
      after: entries.get(ref)!.after.filter((each) => sequence.includes(each)),
      together: pairs.flatMap(([a, b]) => (a === ref ? [b] : b === ref ? [a] : [])),
      tree: trees[at]!,
    })),
    left: [...left]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([ref, why]) => ({ ...named(ref), ...why })),
  });
}

const together = (
  { sequence, left }: ChosenSteps,
  entries: ReadonlyMap<string, OrderEntry>,
  pairs: readonly (readonly [string, string])[],
): ChosenSteps =>
  keepTogether(
    sequence.map((ref) => ({ ref, after: entries.get(ref)!.after })),
    left,
    pairs,
  );
