import type { OrderDependency, OrderProblem } from '../../domain/reports/order.ts';

/**
 * The problem with its drafts behind everything they meet, so that no ready branch pays for a draft or
 * has to wait for one. What comes after a draft, declared or stacked, stays behind it.
 */
export function draftsLast(problem: OrderProblem): OrderProblem {
  const last = behindDrafts(problem);
  if (last.size === 0) return problem;
  const before = (earlier: string, later: string): OrderDependency[] =>
    last.has(later) && !last.has(earlier) ? [{ earlier, later, why: 'draft' }] : [];
  const pairs = problem.conflicts.flatMap(({ a, b }) => [...before(a, b), ...before(b, a)]);
  const combined = problem.combinations.flatMap(({ earlier, later }) =>
    earlier.flatMap((ref) => [...before(ref, later), ...before(later, ref)]),
  );
  return { ...problem, after: [...problem.after, ...pairs, ...combined] };
}

/** The drafts, and what must come after one of them. */
function behindDrafts({ drafts = [], after }: OrderProblem): ReadonlySet<string> {
  const last = new Set(drafts);
  for (let before = -1; before < last.size;) {
    before = last.size;
    for (const { earlier, later } of after) if (last.has(earlier)) last.add(later);
  }
  return last;
}
