import { compare } from '../../../domain/finding.ts';
import type { OrderEntry, OrderMeeting, ReplayStep } from '../../../domain/reports/order.ts';
import type { ProbeOutcome } from './probe.ts';

/**
 * What a merge says about what was said of a branch. Null for a conflict that nothing explains:
 * neither a conflict that was said, nor a branch it depends on that was itself set aside.
 */
export function stepOf(
  { ref, conflicts, after }: OrderEntry,
  outcome: ProbeOutcome,
  landed: ReadonlySet<string>,
  aside: ReadonlySet<string>,
): ReplayStep | null {
  const step = (kind: ReplayStep['outcome'], because: readonly string[] = []): ReplayStep => ({
    ref,
    outcome: kind,
    because: [...new Set(because)].sort(compare),
  });
  const seen = conflicts.filter((meeting) => causesOf(meeting).every((cause) => landed.has(cause)));
  const unseen = conflicts.filter((meeting) => !seen.includes(meeting));
  if (outcome.clean === null) return step('undecided');
  if (outcome.clean) {
    if (unseen.length > 0) return step('unseen', unseen.flatMap(causesOf));
    return seen.length > 0 ? step('vanished', seen.flatMap(causesOf)) : step('landed');
  }
  if (conflicts.length > 0)
    return step('conflict', (seen.length > 0 ? seen : conflicts).flatMap(causesOf));
  const missing = after.filter((earlier) => aside.has(earlier));
  return missing.length > 0 ? step('blocked', missing) : null;
}

const causesOf = (meeting: OrderMeeting): string[] => [meeting.with, ...meeting.together];
