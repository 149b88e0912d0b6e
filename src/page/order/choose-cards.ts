import type { PageStep, PageWait } from '../../domain/reports/page.ts';

/** More than this is a table, and no picture. */
const MOST_CARDS = 48;
export const MOST_WAITS = 4;
/** Waves that all lines together may lead through. */
const MOST_CROSSED = 240;

/**
 * Those that wait, each with what it waits for, rework first, as many as can be looked at: the lines
 * between them count as well as the cards.
 */
export function chooseCards(steps: readonly PageStep[]): ReadonlySet<number> {
  const waves = new Map(steps.map(({ branch, wave }) => [branch, wave]));
  const chosen = new Set<number>();
  let room = MOST_CROSSED;
  const inRework = steps.filter(({ outcome }) => outcome === 'rework');
  for (const { branch, wave, waits } of new Set([...inRework, ...steps])) {
    const first = listedWaits(waits).map((wait) => wait.branch);
    const crossed = first.reduce((sum, other) => sum + wave - waves.get(other)!, 0);
    const more = [branch, ...first].filter((each) => !chosen.has(each));
    if (first.length === 0 || chosen.size + more.length > MOST_CARDS || crossed > room) continue;
    room -= crossed;
    for (const each of more) chosen.add(each);
  }
  return chosen;
}

/**
 * What a card has room for: what asks most of a reader, and of that what lands last, because the rest
 * has landed by then.
 */
export function listedWaits(waits: readonly PageWait[]): readonly PageWait[] {
  const weighed = waits.map((wait, at) => ({ wait, at, weight: WEIGHT[wait.why] }));
  return weighed
    .sort((a, b) => b.weight - a.weight || b.at - a.at)
    .slice(0, MOST_WAITS)
    .sort((a, b) => b.weight - a.weight || a.at - b.at)
    .map(({ wait }) => wait);
}

const WEIGHT: Readonly<Record<PageWait['why'], number>> = {
  conflict: 3,
  combination: 2,
  stacked: 1,
  tested: 1,
  together: 1,
  declared: 0,
  draft: 0,
};
