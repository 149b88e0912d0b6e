import type { AgentId } from '../../domain/ids.ts';
import type { Precedence } from '../../domain/landing.ts';
import type { OrderDependency, OrderWaiting } from '../../domain/reports/order.ts';

/** What a rule knows a branch by. */
export interface Named {
  readonly ref: string;
  readonly agent: AgentId | null;
}

/** Every branch of the one after every branch of the other, for each rule. */
export const dependenciesOf = (
  branches: readonly Named[],
  rules: readonly Precedence[],
): OrderDependency[] =>
  rules.flatMap(({ earlier, later }) =>
    branches
      .filter((branch) => isCalled(branch, later))
      .flatMap((after) =>
        branches
          .filter((branch) => isCalled(branch, earlier) && branch !== after)
          .map((before) => ({ earlier: before.ref, later: after.ref, why: 'declared' as const })),
      ),
  );

/**
 * The branches that cannot land because one that has to come before them cannot, or waits itself.
 *
 * @param absent what cannot land as it is.
 */
export function waitingAmong<Branch extends Named>(
  branches: readonly Branch[],
  absent: readonly Named[],
  rules: readonly Precedence[],
): { readonly free: Branch[]; readonly waiting: OrderWaiting[] } {
  const waiting = new Map<string, OrderWaiting>();
  for (let held: readonly Named[] = absent; held.length > 0;) {
    const next: Named[] = [];
    for (const branch of branches) {
      const blockers = rules
        .filter(({ later }) => isCalled(branch, later))
        .flatMap(({ earlier }) =>
          held.filter((each) => each !== branch && isCalled(each, earlier)),
        );
      if (blockers.length === 0) continue;
      const known = waiting.get(branch.ref);
      const all = new Set([...(known?.for ?? []), ...blockers.map(({ ref }) => ref)]);
      waiting.set(branch.ref, { ref: branch.ref, agent: branch.agent, for: [...all].sort() });
      if (!known) next.push(branch);
    }
    held = next;
  }
  return {
    free: branches.filter(({ ref }) => !waiting.has(ref)),
    waiting: [...waiting.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1)),
  };
}

const isCalled = ({ ref, agent }: Named, name: string): boolean => agent === name || ref === name;
