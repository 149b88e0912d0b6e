import { count } from '../../../domain/text/count.ts';
import { shellQuote } from '../../../domain/text/quote.ts';
import type { OrderCost, OrderMeeting, OrderWait } from '../../../domain/reports/order.ts';
import type { Meetings } from './meetings.ts';

/** What is known about one branch once its order is. */
export interface OrderStanding extends Meetings {
  readonly position: number;
  readonly cost: OrderCost;
  /** Dependencies only: declared or stacked. */
  readonly after: readonly OrderWait[];
  /** Waited for because landing before them would make them conflict, and only that way round. */
  readonly spared: readonly OrderWait[];
  /** It goes behind what is ready, whatever that costs. */
  readonly draft: boolean;
  /** True when no order of the whole fleet is cheaper. */
  readonly optimal: boolean;
}

/**
 * Why a branch lands where it does, in one sentence: `lands third: cli.py conflicts with
 * feat/a1/x; landing after it costs 12 lines, before it 340`. Names that could be read as more than
 * a name are quoted as a shell would want them.
 */
export function reasonOf({
  position,
  met,
  avoided,
  cost,
  after,
  spared,
  draft,
  optimal,
}: OrderStanding): string {
  const clauses: string[] = [];
  if (met.length > 0) clauses.push(...rework(met, cost, optimal));
  else if (avoided.length > 0) clauses.push(...avoidance(avoided, optimal));
  if (draft && met.length > 0) clauses.push('a draft goes last');
  if (after.length > 0) clauses.push(dependency(after));
  const [directed, combined] = [
    spared.filter(({ why }) => why === 'conflict'),
    spared.filter(({ why }) => why !== 'conflict'),
  ];
  if (directed.length > 0)
    clauses.push(
      `after ${branches(directed)}, never before: that would make ${directed.length > 1 ? 'them' : 'it'} conflict`,
    );
  if (combined.length > 0)
    clauses.push(`landing earlier would make ${branches(combined)} conflict`);
  if (clauses.length === 0) clauses.push('conflicts with no other branch');
  return `lands ${ordinal(position)}: ${clauses.join('; ')}`;
}

function rework(met: readonly OrderMeeting[], cost: OrderCost, optimal: boolean): string[] {
  const worst = dearest(met);
  if (met.length > 1)
    return [`${conflict(worst)}${others(met)}`, `landing after all of them costs ${lines(cost)}`];
  if (worst.together.length > 0) return [conflict(worst), `that costs ${lines(cost)}`];
  const { lines: after, otherwise: before } = worst;
  return [
    conflict(worst),
    alike(worst) ??
      `landing after it costs ${lineCount(after)}, before it ${number(before)}${remark(after > before && optimal)}`,
  ];
}

function avoidance(avoided: readonly OrderMeeting[], optimal: boolean): string[] {
  const worst = dearest(avoided);
  if (avoided.length > 1)
    return [`${conflict(worst)}${others(avoided)}`, 'landing before all of them costs it nothing'];
  if (worst.together.length > 0) return [conflict(worst), 'landing before that costs nothing'];
  const { lines: after, otherwise: before } = worst;
  return [
    conflict(worst),
    alike(worst) ??
      `landing before it costs ${lineCount(before)}, after it ${number(after)}${remark(before > after && optimal)}`,
  ];
}

/** What is said of a pair where it does not matter who lands first. */
function alike({ mechanical, lines: after, otherwise }: OrderMeeting): string | null {
  if (mechanical) return 'a command makes it again, whichever lands later';
  return after === otherwise ? `whichever lands later redoes ${lineCount(after)}` : null;
}

const CLAIM = ', but no order is cheaper as a whole';
const remark = (dearer: boolean): string => (dearer ? CLAIM : '');

/** A reason without the claim that only a proven order may make. */
export const withoutClaim = (reason: string): string => reason.replace(CLAIM, '');

const others = (meetings: readonly OrderMeeting[]): string =>
  `, and ${count(meetings.length - 1, 'more conflict')}`;

/** `cli.py conflicts with feat/a1/x`, or what has to land together for it to conflict. */
function conflict({ paths, with: other, together }: OrderMeeting): string {
  const [first, ...more] = paths;
  const files =
    first === undefined
      ? ''
      : `${shellQuote(first)}${more.length > 0 ? ` and ${count(more.length, 'more file')}` : ''} `;
  const verb = more.length > 0 ? 'conflict' : 'conflicts';
  if (together.length === 0) return `${files}${verb} with ${shellQuote(other)}`;
  const all = [...together, other].map(shellQuote);
  return `${files}${verb} once ${all.slice(0, -1).join(', ')} and ${all.at(-1)} have landed`;
}

function dependency(after: readonly OrderWait[]): string {
  const together = after.filter(({ why }) => why === 'together');
  if (together.length > 0) return `lands only together with ${branches(together)}`;
  const tested = after.filter(({ why }) => why === 'tested');
  if (tested.length > 0) return `fails without ${branches(tested)}`;
  return `${after[0]!.why === 'stacked' ? 'stacked on' : 'declared to come after'} ${branches(after)}`;
}

/** The first by name, and how many more. */
const branches = ([first, ...more]: readonly OrderWait[]): string =>
  `${shellQuote(first!.ref)}${more.length > 0 ? ` and ${count(more.length, 'more branch', 'more branches')}` : ''}`;

const dearest = (meetings: readonly OrderMeeting[]): OrderMeeting =>
  meetings.reduce((a, b) => (b.lines > a.lines ? b : a));

const lines = (cost: OrderCost): string => lineCount(cost.lines);
const lineCount = (n: number): string => (n === 0 ? 'nothing' : count(n, 'line'));
const number = (n: number): string => (n === 0 ? 'nothing' : String(n));

const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

/** `first` to `tenth`, then `11th`, `22nd`, `103rd`. */
export function ordinal(position: number): string {
  const word = ORDINALS[position - 1];
  if (word !== undefined) return word;
  const teen = position % 100 >= 11 && position % 100 <= 13;
  return `${position}${(!teen && ['th', 'st', 'nd', 'rd'][position % 10]) || 'th'}`;
}
