import type { LandingMode } from '../../domain/landing.ts';
import type { OrderCycle, OrderData, OrderProblem } from '../../domain/reports/order.ts';
import { ok, type Result } from '../../domain/result.ts';
import { draftsLast } from './drafts-last.ts';
import { orderDataOf } from './explain/order-data.ts';
import { numberedFleet } from './solve/numbered-fleet.ts';
import { type SolveLimits, LIMITS, solveFleet } from './solve/solve.ts';

/**
 * The best order for a fleet, with its certificate and its reasons. The same problem gives the same
 * answer, byte for byte, however its lists are ordered. Throws when the problem speaks of a branch
 * it does not list; dependencies that form a cycle are an answer.
 */
export function orderOf(
  problem: OrderProblem,
  landing: LandingMode,
  limits: SolveLimits = LIMITS,
): Result<OrderData, OrderCycle> {
  const fleet = numberedFleet(draftsLast(problem));
  if (!fleet.ok) return fleet;
  return ok(orderDataOf(fleet.value, solveFleet(fleet.value, limits), landing));
}
