import { orderOf } from '../../src/core/order/order.ts';
import type { ProbeRequest } from '../../src/core/order/replay/probe.ts';
import { replayedOrderOf } from '../../src/core/order/replay/replay.ts';
import { LIMITS, type SolveLimits } from '../../src/core/order/solve/solve.ts';
import { REPORT_SCHEMA, type Report } from '../../src/domain/report.ts';
import type { OrderCombination, OrderData, OrderProblem } from '../../src/domain/reports/order.ts';
import { after, conflict, file, problem } from '../core/order/support.ts';

const reportOf = (data: OrderData): Report<OrderData> => ({
  schema: REPORT_SCHEMA,
  command: 'order',
  verdict: 'allowed',
  agent: null,
  policy: null,
  findings: [],
  data,
});

/** The report of an order that was solved and not replayed. */
export function solved(fleet: OrderProblem, limits: SolveLimits = LIMITS): Report<OrderData> {
  const answer = orderOf(fleet, 'merge', limits);
  if (!answer.ok) throw new Error('a cycle');
  return reportOf(answer.value);
}

/** The report of an order that was replayed where exactly `world` conflicts. */
export function replayed(
  fleet: OrderProblem,
  world: readonly OrderCombination[],
  probes = 1_000,
): Report<OrderData> {
  const touching = fleet.branches.flatMap(({ ref }, at) =>
    fleet.branches.slice(at + 1).map((other) => [ref, other.ref] as const),
  );
  const answer = ({ landed, next }: ProbeRequest) => {
    const failing = world.find(
      ({ earlier, later }) => later === next && earlier.every((ref) => landed.includes(ref)),
    );
    return failing ? { clean: false as const, files: failing.files } : { clean: true as const };
  };
  const running = replayedOrderOf(fleet, 'squash', { touching, probes });
  let step = running.next();
  while (!step.done) step = running.next(step.value.map(answer));
  if (!step.value.ok) throw new Error('a cycle');
  return reportOf(step.value.value);
}

export const combination = (later: string, ...earlier: string[]): OrderCombination => ({
  earlier,
  later,
  files: [{ ...file('src/big.ts'), lines: 4 }],
});

/** Six branches: a hub, a pair that is cheaper one way, a stack, and one that is free. */
export const fleet = problem(
  ['feat/a1/core', 'feat/a1/api', 'feat/a2/cli', 'feat/a2/docs', 'feat/a3/stacked', 'feat/a4/free'],
  {
    conflicts: [
      conflict('feat/a1/core', 'feat/a1/api', file('src/core.ts', [120, 8])),
      conflict('feat/a1/core', 'feat/a2/docs', file('src/core.ts', [120, 3])),
      conflict('feat/a2/cli', 'feat/a1/api', file('cli.py', [12, 340])),
    ],
    after: [after('feat/a3/stacked', 'feat/a2/cli', 'stacked')],
  },
);
