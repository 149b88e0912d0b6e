import { compare } from '../../../domain/finding.ts';
import type { OrderBranch, OrderCost, OrderProblem } from '../../../domain/reports/order.ts';
import { addCosts, type Charge } from './instance.ts';
import { linesToRedo, sidesOf } from './sides.ts';

type Cause = readonly number[];

/** What one branch may have to pay, while it is collected. */
interface Account {
  readonly causes: Cause[];
  readonly files: Map<string, { lines: number; causes: Cause[] }>;
}

/** Stands for the file of a conflict that names none; no path is empty. */
const NO_FILE = '';

/**
 * Every charge of a problem: for each branch that can conflict one for the branch itself, and one
 * for each file it would redo. A file counts once, however many earlier branches collide in it.
 */
export function chargesOf(
  problem: OrderProblem,
  branches: readonly OrderBranch[],
  vertexOf: (ref: string) => number,
): Charge[] {
  const accounts = branches.map((): Account => ({ causes: [], files: new Map() }));
  for (const { ref, causes, files } of sidesOf(problem)) {
    const vertex = vertexOf(ref);
    const cause = causes.map(vertexOf).sort((a, b) => a - b);
    accounts[vertex]!.causes.push(cause);
    const stakes =
      files.length > 0
        ? files.map((file) => ({ path: file.path, redo: linesToRedo(file) }))
        : [{ path: NO_FILE, redo: 1 }];
    for (const { path, redo } of stakes) {
      const file = accounts[vertex]!.files.get(path) ?? { lines: 0, causes: [] };
      accounts[vertex]!.files.set(path, file);
      file.lines = Math.max(file.lines, redo);
      file.causes.push(cause);
    }
  }
  return accounts.flatMap(settle);
}

/** The charges of one vertex; those with the same causes are paid together, so they are one. */
function settle({ causes, files }: Account, vertex: number): Charge[] {
  const settled = new Map<string, Charge>();
  const add = (cost: OrderCost, all: readonly Cause[]): void => {
    const minimal = minimalCauses(all);
    const key = JSON.stringify(minimal);
    const known = settled.get(key)?.cost;
    settled.set(key, { vertex, cost: known ? addCosts(known, cost) : cost, causes: minimal });
  };
  if (causes.length > 0) add({ branches: 1, lines: 0 }, causes);
  for (const file of files.values()) add({ branches: 0, lines: file.lines }, file.causes);
  return [...settled.keys()].sort(compare).map((key) => settled.get(key)!);
}

/** The causes that contain no other: when a part of one is enough, the rest of it says nothing. */
function minimalCauses(causes: readonly Cause[]): Cause[] {
  const distinct = [...new Map(causes.map((cause) => [String(cause), cause])).values()];
  distinct.sort((a, b) => a.length - b.length || compare(String(a), String(b)));
  return distinct.filter(
    (cause) =>
      cause.length === 1 ||
      !distinct.some(
        (other) => other.length < cause.length && other.every((member) => cause.includes(member)),
      ),
  );
}
