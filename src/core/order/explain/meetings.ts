import { compare } from '../../../domain/finding.ts';
import type { OrderMeeting } from '../../../domain/reports/order.ts';
import type { NumberedFleet } from '../solve/numbered-fleet.ts';
import { linesOf, sidesOf } from '../solve/sides.ts';

/** The conflicts of one branch in one order, by the name of the other branch. */
export interface Meetings {
  /** Met when it lands. */
  readonly met: readonly OrderMeeting[];
  /** Avoided by landing now: `lines` is what it would redo after `with`, `otherwise` what `with` does. */
  readonly avoided: readonly OrderMeeting[];
}

/** The conflicts of every branch, by vertex, when they land at these positions. */
export function meetingsOf(fleet: NumberedFleet, position: readonly number[]): Meetings[] {
  const at = (ref: string): number => position[fleet.vertexOf.get(ref)!]!;
  const sides = sidesOf(fleet.problem);
  const pairs = new Map(
    sides
      .filter(({ causes }) => causes.length === 1)
      .map((side) => [pairKey(side.ref, side.causes[0]!), linesOf(side)]),
  );
  const meetings = fleet.branches.map(() => ({
    met: [] as OrderMeeting[],
    avoided: [] as OrderMeeting[],
  }));
  for (const side of sides) {
    const [last, ...together] = [...side.causes].sort((a, b) => at(b) - at(a)) as [string];
    const meeting = {
      with: last,
      together: together.sort(compare),
      paths: side.files.map(({ path }) => path),
      mechanical: side.files.length > 0 && side.files.every((file) => file.mechanical),
      lines: linesOf(side),
      otherwise: together.length > 0 ? 0 : (pairs.get(pairKey(last, side.ref)) ?? 0),
    };
    const own = meetings[fleet.vertexOf.get(side.ref)!]!;
    (at(last) < at(side.ref) ? own.met : own.avoided).push(meeting);
  }
  return meetings;
}

const pairKey = (later: string, earlier: string): string => JSON.stringify([later, earlier]);
