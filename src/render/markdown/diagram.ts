import type { OrderData, OrderEntry, OrderWait } from '../../domain/reports/order.ts';
import { escapeText } from '../escape.ts';
import type { BranchNames } from './branch-names.ts';

/** A diagram with more arrows than this is no longer looked at. */
const MOST_ARROWS = 40;
/** Two that wait for each other are said in one line. */
const SMALLEST_GROUP = 3;

/**
 * Who has to wait for whom as a Mermaid flowchart, from left to right in the order of landing; null
 * where nobody waits, or too many do to draw.
 */
export function waitDiagram({ order }: OrderData, names: BranchNames): string | null {
  const every = inLargeGroups(order.flatMap(arrowsTo));
  // Lockfiles make everyone wait for everyone; what needs thought is worth drawing without them.
  const arrows =
    every.length > MOST_ARROWS ? inLargeGroups(every.filter((arrow) => !arrow.mechanical)) : every;
  if (arrows.length === 0 || arrows.length > MOST_ARROWS) return null;
  const shown = order.filter(({ ref }) =>
    arrows.some(({ from, to }) => from === ref || to === ref),
  );
  const ids = new Map(shown.map(({ ref }, at) => [ref, `b${at}`]));
  const boxes = shown.map(
    ({ ref, outcome }) => `  ${ids.get(ref)}["${label(names.plain(ref))}"]:::${outcome}`,
  );
  const lines = arrows.map(({ from, to, why }) => {
    const arrow = why === 'conflict' || why === 'combination' ? '-->' : '-. after .->';
    return `  ${ids.get(from)} ${arrow} ${ids.get(to)}`;
  });
  return [
    '```mermaid',
    'flowchart LR',
    ...boxes,
    ...lines,
    '  classDef rework stroke:#d29922,stroke-width:2px',
    '  classDef clean stroke:#2da44e',
    '```',
  ].join('\n');
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly why: OrderWait['why'];
  readonly mechanical: boolean;
}

const arrowsTo = ({ ref, waits, conflicts }: OrderEntry): Arrow[] =>
  waits.map((wait) => ({
    from: wait.ref,
    to: ref,
    why: wait.why,
    mechanical: conflicts.some((met) => met.with === wait.ref && met.mechanical),
  }));

/** The arrows between those of which three or more hang together. */
function inLargeGroups(arrows: readonly Arrow[]): Arrow[] {
  const neighbors = new Map<string, Set<string>>();
  for (const { from, to } of arrows)
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const)
      neighbors.set(a, (neighbors.get(a) ?? new Set()).add(b));
  // A pair of its own is a pair of which neither has another neighbour.
  const isPair = ({ from, to }: Arrow): boolean =>
    neighbors.get(from)!.size + neighbors.get(to)!.size < SMALLEST_GROUP;
  return arrows.filter((arrow) => !isPair(arrow));
}

/** Text in a Mermaid string: all that could mean something there is written as a character code. */
const label = (text: string): string =>
  escapeText(text).replace(/[^A-Za-z0-9 ./_-]/gu, (char) => `#${char.codePointAt(0)};`);
