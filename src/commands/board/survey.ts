import { Failure } from '../../domain/failure.ts';
import type { LandingMode, OrderData } from '../../domain/order.ts';
import type { OverlapData } from '../../domain/overlap.ts';
import type { PolicySource } from '../../domain/report.ts';
import { RENAME_LIMIT } from '../fleet/options.ts';
import { order } from '../order.ts';
import { overlap, type OverlapOptions } from '../overlap.ts';
import type { OpenBoard } from './open-board.ts';

/** Overlap and order of a fleet, or why there is no order. */
export interface BoardSurvey {
  readonly overlap: OverlapData;
  readonly order: OrderData | null;
  readonly problem: string | null;
  readonly source: PolicySource | null;
}

/** Judged as GitHub's merge button will, which never guesses that a directory was renamed. */
export async function surveyBoard(
  { copy, refs }: OpenBoard,
  base: string,
  land: LandingMode,
): Promise<BoardSurvey> {
  const options: OverlapOptions = {
    // No refs at all would mean every branch of an agent.
    refs: refs.length > 0 ? refs : ['refs/none/'],
    base,
    land,
    rules: 'github',
    renameLimit: RENAME_LIMIT,
    worktrees: false,
    failOn: null,
  };
  try {
    const { data, policy } = await order(copy.host, options);
    return { overlap: overlapOf(data), order: orderOf(data), problem: null, source: policy };
  } catch (error) {
    // Branches that wait for each other have no order, and still collide or not.
    if (!(error instanceof Failure) || error.kind !== 'policy') throw error;
    const { data, policy } = await overlap(copy.host, options);
    return { overlap: data, order: null, problem: error.message, source: policy };
  }
}

/** The two parts of an order's data, each by itself. */
const overlapOf = (data: OverlapData): OverlapData =>
  pick(data, ['base', 'branches', 'pairs', 'hints', 'degraded', 'stats']);

const orderOf = (data: OrderData): OrderData =>
  pick(data, [
    'order',
    'waves',
    'cost',
    'bound',
    'optimal',
    'landing',
    'baselines',
    'hunks',
    'fewestLines',
    'combinations',
    'replay',
  ]);

const pick = <T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
