import type { Report } from '../../domain/report.ts';
import type { OrderData, OrderEntry } from '../../domain/reports/order.ts';
import type { OverlapData } from '../../domain/reports/overlap.ts';
import { orderHeadline, outcomeWords, waitingWords, why } from '../order-words.ts';
import {
  type Brief,
  briefText,
  type BriefView,
  moreKey,
  moreLine,
  plain,
  someOf,
} from './brief.ts';
import { degradedData, degradedLines, staleBranches } from './overlap.ts';

/** In which order branches land most cheaply, and what that costs. */
export function briefOrder(
  { verdict, data }: Report<OrderData & OverlapData>,
  view: BriefView,
): Brief {
  const { some, more } = someOf(data.order);
  const stale = staleBranches(data);
  const waiting = waitingWords(data);
  return {
    text: briefText([
      plain(orderHeadline(data)),
      ...some.map(lineOf),
      moreLine(more),
      ...stale.lines,
      ...waiting.map(plain),
      ...degradedLines(data.degraded, view),
    ]),
    data: {
      verdict,
      base: data.base.ref,
      order: some.map((entry) => ({
        ref: entry.ref,
        agent: entry.agent,
        wave: entry.wave,
        outcome: entry.outcome,
        ...(entry.outcome === 'rework' && { lines: entry.cost.lines }),
        ...(entry.waits.length > 0 && { waitsFor: entry.waits.map(({ ref }) => ref) }),
        why: why(entry),
      })),
      ...moreKey(more),
      cost: data.cost,
      proven: data.optimal,
      ...stale.data,
      ...(waiting.length > 0 && { waiting }),
      ...degradedData(data.degraded, view),
    },
  };
}

const lineOf = (entry: OrderEntry): string =>
  plain(
    `${entry.position}. wave ${entry.wave}: ${entry.ref}, ${outcomeWords(entry)}: ${why(entry)}`,
  );
