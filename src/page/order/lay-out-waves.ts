import {
  coordGreedy,
  decrossTwoLayer,
  type Graph,
  graphStratify,
  type Layering,
  sugiyama,
} from 'd3-dag';
import type { PageOrder, PageStep, PageWait } from '../../domain/reports/page.ts';
import { chooseCards, listedWaits, MOST_WAITS } from './choose-cards.ts';

/** One branch in the picture, in pixels from the top left corner. */
export interface Card {
  readonly step: PageStep;
  /** From 1. */
  readonly position: number;
  readonly left: number;
  readonly top: number;
  readonly height: number;
}

/** What a branch waits for: from the card that lands first to the one that waits. */
export interface Arrow {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly why: PageWait['why'];
  /** An SVG path. */
  readonly path: string;
}

export interface WavePicture {
  readonly cards: readonly Card[];
  readonly arrows: readonly Arrow[];
  /** Waves that have a card, with the left edge of their column. */
  readonly columns: readonly { readonly wave: number; readonly left: number }[];
  readonly width: number;
  readonly height: number;
  /** Branches that wait for nobody, and nobody for them; by position. */
  readonly free: readonly PageStep[];
  /** Branches that are linked and not drawn, because there are too many. */
  readonly more: number;
}

export const CARD_WIDTH = 240;
const COLUMN_GAP = 66;
const ROW_GAP = 18;
const HEADING = 40;
const PLAIN_CARD = 58;
const ONE_WAIT = 24;

/** Lays out the branches that have to do with each other, a column for each wave. */
export function layOutWaves({ steps }: PageOrder): WavePicture {
  const linked = new Set(
    steps.flatMap(({ branch, waits }) =>
      waits.length > 0 ? [branch, ...waits.map((wait) => wait.branch)] : [],
    ),
  );
  const all = steps.filter(({ branch }) => linked.has(branch));
  const chosen = chooseCards(steps);
  const shown = all.filter(({ branch }) => chosen.has(branch));
  const free = steps.filter(({ branch }) => !linked.has(branch));
  const more = all.length - shown.length;
  if (shown.length === 0)
    return { cards: [], arrows: [], columns: [], width: 0, height: 0, free, more };
  const waves = [...new Set(shown.map(({ wave }) => wave))].sort((a, b) => a - b);
  const graph = graphStratify()
    .id(({ branch }: PageStep) => String(branch))
    .parentIds(({ waits }: PageStep) => listedWaits(waits).map(({ branch }) => String(branch)))(
    shown,
  );
  const layout = sugiyama()
    .layering(columnsOf(waves))
    .decross(decrossTwoLayer())
    .coord(coordGreedy())
    .nodeSize(({ data }: { readonly data: PageStep }) => [heightOf(data), CARD_WIDTH] as const)
    .gap([ROW_GAP, COLUMN_GAP]);
  const { width: tall, height: wide } = layout(graph);
  const positions = new Map(steps.map(({ branch }, at) => [branch, at + 1]));
  const cards = [...graph.nodes()]
    .map(({ data: step, x, y }): Card => ({
      step,
      position: positions.get(step.branch)!,
      left: Math.round(y - CARD_WIDTH / 2),
      top: Math.round(x - heightOf(step) / 2) + HEADING,
      height: heightOf(step),
    }))
    .sort((a, b) => a.position - b.position);
  return {
    ...{ cards, free, more },
    arrows: arrowsBetween(cards, graphPoints(graph)),
    columns: waves.map((wave) => ({
      wave,
      left: Math.min(...cards.filter(({ step }) => step.wave === wave).map(({ left }) => left)),
    })),
    width: Math.round(wide),
    height: Math.round(tall) + HEADING,
  };
}

/** Waves are found already: what is left to the library is where things stand in them. */
const columnsOf =
  (waves: readonly number[]): Layering<PageStep, undefined> =>
  <N extends PageStep, L extends undefined>(graph: Graph<N, L>): number => {
    for (const node of graph.nodes()) node.y = waves.indexOf(node.data.wave);
    return waves.length - 1;
  };

const heightOf = ({ waits }: PageStep): number =>
  PLAIN_CARD + (listedWaits(waits).length + (waits.length > MOST_WAITS ? 1 : 0)) * ONE_WAIT;

/** Where a line of the card's list of waits is, from its top. */
const waitLine = (index: number): number => PLAIN_CARD - 8 + ONE_WAIT * index + ONE_WAIT / 2;

type Points = ReadonlyMap<string, readonly (readonly [x: number, y: number])[]>;

interface LaidOut {
  links(): Iterable<{
    readonly source: { readonly data: PageStep };
    readonly target: { readonly data: PageStep };
    readonly points: readonly (readonly [number, number])[];
  }>;
}

/** The bends of each line, which keep it clear of the cards between its ends. */
function graphPoints(graph: LaidOut): Points {
  const points = new Map<string, readonly (readonly [number, number])[]>();
  for (const link of graph.links())
    points.set(
      `${link.source.data.branch} ${link.target.data.branch}`,
      // Level as long as a card is, because that is what stands above and below.
      link.points
        .slice(1, -1)
        .flatMap(([x, y]) => [
          [y - CARD_WIDTH / 2, x + HEADING] as const,
          [y + CARD_WIDTH / 2, x + HEADING] as const,
        ]),
    );
  return points;
}

function arrowsBetween(cards: readonly Card[], bends: Points): Arrow[] {
  const byBranch = new Map(cards.map((card) => [card.step.branch, card]));
  return cards.flatMap((card) =>
    listedWaits(card.step.waits).flatMap(({ branch, why }, index): Arrow[] => {
      const first = byBranch.get(branch);
      if (!first) return [];
      const key = `${branch} ${card.step.branch}`;
      const start = [first.left + CARD_WIDTH, first.top + 22] as const;
      const end = [card.left - 7, card.top + waitLine(index)] as const;
      const path = curve([start, ...(bends.get(key) ?? []), end]);
      return [{ key: `${key} ${why}`, from: branch, to: card.step.branch, why, path }];
    }),
  );
}

/** A line through the points that leaves and arrives level. */
function curve(points: readonly (readonly [x: number, y: number])[]): string {
  const [[x, y] = [0, 0], ...rest] = points;
  let path = `M${x},${y}`;
  let [lastX, lastY] = [x, y];
  for (const [nextX, nextY] of rest) {
    const middle = Math.round((lastX + nextX) / 2);
    path += `C${middle},${Math.round(lastY)} ${middle},${Math.round(nextY)} ${Math.round(nextX)},${Math.round(nextY)}`;
    [lastX, lastY] = [nextX, nextY];
  }
  return path;
}
