import type { Oid } from '../../domain/refs.ts';
import type { StateMoment, StateMove } from '../../domain/state-transition.ts';
import type { ChangeRequest } from '../../domain/states/change-request.ts';

/** A landing has brought to the base what was applied: nobody decides that, and it is said once. */
export function landRequest(
  current: ChangeRequest | null,
  { applied, commit }: { readonly applied: Oid; readonly commit: Oid },
  { now }: StateMoment,
): StateMove<ChangeRequest> | { readonly kind: 'keep' } {
  if (current?.applied?.commit !== applied || current.landed !== null) return { kind: 'keep' };
  return {
    kind: 'move',
    state: { ...current, landed: { at: now, commit } },
    subject: `request ${current.id} landed`,
    parents: [current.proposal, applied],
  };
}
