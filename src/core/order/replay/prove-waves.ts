import type { OrderCombination, OrderData, ReplayStep } from '../../../domain/reports/order.ts';
import { findCulprit } from './culprit.ts';
import { groupsOf, type Neighbors } from './groups.ts';
import { ask, type ProbeBudget, type Probing, sideBySide } from './probe.ts';

/** What trying the waves in other orders showed. */
export interface WaveProof {
  /** For each wave whether every order that was tried lands alike, and enough were. */
  readonly anyOrder: readonly boolean[];
  /** What explains the orders that do not. */
  readonly found: readonly OrderCombination[];
}

/** Up to so many branches that come together, each is tried last. */
const EACH_LAST = 4;

/**
 * Lands the branches of each wave that come together in other orders than the one given. Pairs are tried
 * both ways before; what is left are conflicts that only show once several have landed, so each branch
 * is tried after all the others; of many, in reverse and from the middle.
 */
export function* proveWaves(
  { waves }: OrderData,
  steps: ReadonlyMap<string, ReplayStep>,
  neighbors: Neighbors,
  budget: ProbeBudget,
): Probing<WaveProof> {
  const landed = (ref: string): boolean =>
    ['landed', 'vanished'].includes(steps.get(ref)?.outcome ?? '');
  const anyOrder: boolean[] = [];
  const found: OrderCombination[] = [];
  const before = new Set<string>();
  for (const wave of waves) {
    const members = wave.filter(landed).map((ref) => ({ ref }));
    const inWave = within(neighbors, new Set(members.map(({ ref }) => ref)));
    const groups = groupsOf(members, inWave).filter((group) => group.length > 1);
    const proofs = yield* sideBySide(
      groups.map((group) => {
        const refs = group.map(({ ref }) => ref);
        return proveGroup(reached(before, refs, neighbors), refs, neighbors, budget);
      }),
    );
    const undecided = wave.some((ref) => steps.get(ref)?.outcome === 'undecided');
    anyOrder.push(!undecided && proofs.every((proof) => proof === 'any'));
    for (const proof of proofs) if (typeof proof === 'object') found.push(proof);
    for (const ref of wave.filter(landed)) before.add(ref);
  }
  return { anyOrder, found };
}

type Proof = OrderCombination | 'any' | 'unknown';

function* proveGroup(
  before: readonly string[],
  refs: readonly string[],
  neighbors: Neighbors,
  budget: ProbeBudget,
): Probing<Proof> {
  // On the base, pairs are known both ways.
  if (refs.length === 2 && before.length === 0) return 'any';
  const requests = ordersOf(refs)
    .flatMap((order) => {
      const foreseen = [...before, ...order].map((ref) => ({ ref, lands: true }));
      return order.map((next, at) => ({
        landed: [...before, ...order.slice(0, at)],
        next,
        foreseen,
      }));
    })
    .filter(({ landed }) => landed.length > 0);
  const outcomes = yield* ask(budget, requests);
  if (outcomes === null) return 'unknown';
  const at = outcomes.findIndex(({ clean }) => clean !== true);
  const outcome = outcomes[at];
  if (outcome === undefined) return 'any';
  const { landed, next } = requests[at]!;
  if (outcome.clean !== false) return 'unknown';
  const surprise = { ref: next, landed, files: outcome.files };
  return yield* findCulprit(surprise, neighbors.get(next)!, budget);
}

/** The orders to try besides the one that was. */
function ordersOf(refs: readonly string[]): string[][] {
  const reversed = refs.toReversed();
  if (refs.length > EACH_LAST) {
    const half = Math.floor(refs.length / 2);
    return [reversed, [...refs.slice(half), ...refs.slice(0, half)]];
  }
  const lasts = refs.slice(0, -1).map((last) => [...refs.filter((ref) => ref !== last), last]);
  return [reversed, ...lasts];
}

/** Those who come together among some. */
const within = (neighbors: Neighbors, refs: ReadonlySet<string>): Neighbors =>
  new Map(
    [...refs].map((ref) => [
      ref,
      new Set([...neighbors.get(ref)!].filter((other) => refs.has(other))),
    ]),
  );

/** Of what has landed, what can meet one of these, even through others, in order. */
function reached(
  before: ReadonlySet<string>,
  refs: readonly string[],
  neighbors: Neighbors,
): string[] {
  const found = new Set(refs);
  // Goes on with what it adds.
  for (const ref of found)
    for (const other of neighbors.get(ref)!) if (before.has(other)) found.add(other);
  return [...before].filter((ref) => found.has(ref));
}
