import type { OrderData } from '../../domain/reports/order.ts';
import type { OverlapBranch } from '../../domain/reports/overlap.ts';
import type { LeftOut } from '../../domain/states/landing-journal.ts';

/** Which branches land, by their refs. */
export interface ChosenSteps {
  /** In the order in which they land. */
  readonly sequence: readonly string[];
  readonly left: ReadonlyMap<string, LeftOut>;
}

/** What is known of a fleet that is to land. */
export interface FleetToLand {
  readonly base: string;
  readonly branches: readonly Pick<OverlapBranch, 'base' | 'conflicts' | 'ref'>[];
  readonly order: OrderData;
}

/** The branches that landed when the order was tried, and why the others do not. */
export function chooseSteps({ base, branches, order }: FleetToLand): ChosenSteps {
  const left = new Map<string, LeftOut>();
  for (const branch of branches) {
    const why = whyNotAlone(branch, base);
    if (why !== null) left.set(branch.ref, why);
  }
  for (const { ref, for: missing } of order.waiting)
    if (!left.has(ref)) left.set(ref, comesAfter(missing));
  for (const [ref, why] of whyNotInOrder(order)) left.set(ref, why);
  const sequence = order.order.map(({ ref }) => ref).filter((ref) => !left.has(ref));
  return { sequence, left };
}

function whyNotAlone(
  { base: standing, conflicts }: FleetToLand['branches'][number],
  base: string,
): LeftOut | null {
  switch (standing) {
    case 'clean':
      return null;
    case 'conflict':
      return {
        why: 'conflict',
        words: `conflicts with ${base}${inPaths(conflicts.map(({ path }) => path))}`,
      };
    case 'merged':
      return { why: 'landed', words: `${base} has all of it` };
    case 'unreadable':
      return { why: 'unreadable', words: 'cannot be judged' };
  }
}

/** As it was tried; where it was not tried to the end, as it is priced. */
function whyNotInOrder({ order, replay }: OrderData): Map<string, LeftOut> {
  const tried = new Map(replay?.steps.map((step) => [step.ref, step]));
  const left = new Map<string, LeftOut>();
  for (const { ref, outcome, conflicts } of order) {
    const step = tried.get(ref);
    const meets = (refs: readonly string[]): LeftOut => ({
      why: 'conflict',
      words: `conflicts with ${refs.join(' and ')}${inPaths(conflicts.flatMap(({ paths }) => paths))}`,
    });
    switch (step?.outcome) {
      case 'landed':
      case 'vanished':
        break;
      case 'conflict':
      case 'unseen':
        left.set(ref, meets(step.because));
        break;
      case 'blocked':
        left.set(ref, comesAfter(step.because));
        break;
      case 'undecided':
        left.set(ref, { why: 'unreadable', words: 'cannot be judged' });
        break;
      case undefined:
        if (outcome === 'rework') left.set(ref, meets(conflicts.map(({ with: other }) => other)));
    }
  }
  return left;
}

const comesAfter = (refs: readonly string[]): LeftOut => ({
  why: 'after',
  words: `comes after ${refs.join(' and ')}, which ${refs.length === 1 ? 'does' : 'do'} not land`,
});

const inPaths = (paths: readonly string[]): string => {
  const [first, ...more] = new Set(paths);
  if (first === undefined) return '';
  return more.length === 0 ? ` in ${first}` : ` in ${first} and ${more.length} more`;
};
