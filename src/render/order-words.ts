import { shellQuote } from '../domain/text/quote.ts';
import {
  type Baseline,
  BASELINES,
  type OrderCombination,
  type OrderCost,
  type OrderData,
  type OrderEntry,
  type ReplayStep,
} from '../domain/reports/order.ts';
import type { OverlapData } from '../domain/reports/overlap.ts';
import { count, list, number } from './words.ts';

/** Names in one sentence; the rest is counted. */
const MOST_NAMES = 6;

/** The answer in one sentence. Not escaped, as all words here. */
export function orderHeadline(data: OrderData & Partial<Pick<OverlapData, 'branches'>>): string {
  const unread =
    (data.branches ?? []).filter(({ base }) => base === 'unreadable').length + untried(data).size;
  const rest = unread > 0 ? `; ${number(unread)} could not be judged` : '';
  return `${orderedWords(data)}${rest}`;
}

/** Refs of branches that the replay could not land, nor say that they do not. */
export const untried = ({ replay }: Pick<OrderData, 'replay'>): ReadonlySet<string> =>
  new Set(
    (replay?.steps ?? []).flatMap(({ ref, outcome }) => (outcome === 'undecided' ? [ref] : [])),
  );

/** `12 branches that conflict with no other`, of those that wait for nobody. */
export function freeWords(data: OrderData, free: readonly OrderEntry[]): string {
  const open = untried(data);
  const one = free.length === 1;
  const what = free.some(({ ref }) => open.has(ref))
    ? `${one ? 'is' : 'are'} not known to conflict with another`
    : `${one ? 'conflicts' : 'conflict'} with no other`;
  return `${branches(free.length)} that ${what}`;
}

function orderedWords(data: OrderData): string {
  const { order, waves, cost } = data;
  if (order.length === 0) return 'no branch to order';
  const fleet = `${branches(order.length)} in ${count(waves.length, 'wave')}`;
  if (cost.branches === 0) return `${fleet}: none needs rework`;
  const rework = `${number(cost.branches)} ${cost.branches === 1 ? 'needs' : 'need'} rework, ${count(cost.lines, 'line')}`;
  return `${fleet}: ${rework}; ${proof(data)}`;
}

/** How far the cost is known to be the least. */
export function proof({ cost, bound, optimal }: OrderData): string {
  if (optimal) return 'no order is cheaper';
  if (bound.branches === 0 || (bound.branches === cost.branches && bound.lines === cost.lines))
    return 'not proven to be the least';
  if (bound.branches === cost.branches)
    return `no order has fewer branches, and none with as few saves more than ${count(cost.lines - bound.lines, 'line')}`;
  return `not proven: no order has fewer than ${branches(bound.branches)}`;
}

/** Branches that someone waits for, or that wait for someone, in the order of landing. */
export function boundEntries({ order }: OrderData): OrderEntry[] {
  const awaited = new Set(order.flatMap(({ waits }) => waits.map(({ ref }) => ref)));
  return order.filter(({ ref, waits }) => waits.length > 0 || awaited.has(ref));
}

/** The reason without the position: `cli.py conflicts with feat/a1/x; ...`. */
export const why = ({ reason }: OrderEntry): string => reason.slice(reason.indexOf(': ') + 2);

export const outcomeWords = ({ outcome, cost }: OrderEntry): string =>
  outcome === 'clean' ? 'clean' : `rework, ${count(cost.lines, 'line')}`;

const BASELINE_NAMES: Record<Baseline, string> = {
  'first-come': 'first come, first served',
  'smallest-first': 'smallest first',
  'fewest-conflicts-first': 'fewest conflicts first',
};

/** What this order costs, and what others would. */
export function costs(data: OrderData): { name: string; cost: OrderCost; note: string }[] {
  const { cost, baselines, fewestLines } = data;
  const usual = BASELINES.map((name) => {
    return { name: BASELINE_NAMES[name], cost: baselines[name], note: '' };
  });
  const least = fewestLines && {
    name: 'fewest lines',
    cost: fewestLines.cost,
    note: `${list(fewestLines.order.map(shellQuote), MOST_NAMES)}`,
  };
  return [{ name: 'this order', cost, note: proof(data) }, ...usual, ...(least ? [least] : [])];
}

/** What is the same in every order; null where nothing conflicts. */
export const constant = ({ hunks }: OrderData): string | null =>
  hunks === 0
    ? null
    : `${count(hunks, 'conflicting place')} in every order: whoever lands later resolves them`;

/** Who is not in the order because of somebody else, a sentence each. */
export const waitingWords = ({ waiting = [] }: Partial<Pick<OrderData, 'waiting'>>): string[] =>
  waiting.map(({ ref, for: others }) => {
    const names = list(others.map(shellQuote), MOST_NAMES);
    return `${shellQuote(ref)} comes after ${names}, which cannot land as ${others.length === 1 ? 'it is' : 'they are'}`;
  });

/** What merging in this order showed, a sentence each. */
export function replayNotes({ replay, order, landing, combinations }: OrderData): string[] {
  const found = combinationNotes(combinations);
  if (replay === null || (replay.complete && replay.probes === 0)) return found;
  const { steps, probes, complete } = replay;
  const landed = steps.filter(({ outcome }) => outcome === 'landed').length;
  const stopped = steps.filter(({ outcome }) => outcome === 'conflict').length;
  const parts = [
    `${number(landed)} landed clean`,
    ...(stopped > 0 ? [`${number(stopped)} stopped where a conflict was foreseen`] : []),
  ];
  const tried = `tried by ${landing} with ${count(probes, 'merge')}: ${list(parts)}`;
  const cut = `the merges allowed ran out: ${number(order.length - steps.length)} of ${branches(order.length)} not tried`;
  return [tried, ...(complete ? [] : [cut]), ...steps.flatMap(surprise), ...found];
}

function surprise({ ref, outcome, because }: ReplayStep): string[] {
  const [name, others] = [shellQuote(ref), list(because.map(shellQuote), MOST_NAMES)];
  switch (outcome) {
    case 'undecided':
      return [`${name} could not be tried: see what could not be decided`];
    case 'blocked':
      return [`${name} was not tried: it comes after ${others}, still to be reworked`];
    case 'unseen':
      return [`${name} will conflict with ${others}, still to be reworked`];
    case 'vanished':
      return [`${name} landed clean, although it conflicts with ${others} as a pair`];
    case 'conflict':
    case 'landed':
      return [];
  }
}

/** Conflicts that no pair explains; a pair that has one each way is said once. */
function combinationNotes(combinations: readonly OrderCombination[]): string[] {
  const isBack = (a: OrderCombination, b: OrderCombination): boolean =>
    a.earlier.length === 1 &&
    b.earlier.length === 1 &&
    a.earlier[0] === b.later &&
    b.earlier[0] === a.later;
  return combinations.flatMap((combination) => {
    const { earlier, later, files } = combination;
    const name = shellQuote(later);
    const others = list(earlier.map(shellQuote), MOST_NAMES);
    const where = files.map(({ path }) => shellQuote(path));
    const place = where.length > 0 ? ` in ${list(where, MOST_NAMES)}` : '';
    const back = combinations.find((other) => isBack(combination, other));
    if (back)
      return back.later < later
        ? []
        : [`${name} and ${others} conflict${place} whichever goes first`];
    return earlier.length === 1
      ? [`${name} conflicts${place} when it lands after ${others}, not before`]
      : [`${name} conflicts${place} once ${others} have landed; no pair explains that`];
  });
}

const branches = (value: number): string => count(value, 'branch', 'branches');
