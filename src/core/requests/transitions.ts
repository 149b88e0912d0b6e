import type { StateMoment, StateMove } from '../../domain/state-transition.ts';
import type {
  AppliedPatch,
  ChangeRequest,
  RequestDecision,
} from '../../domain/states/change-request.ts';
import type {
  RequestActor,
  RequestDecider,
  RequestDraft,
  RequestRefusal,
} from './request-actor.ts';

/** What became of a request by one command. */
export type RequestAction =
  | 'applied'
  | 'declined'
  | 'granted'
  | 'opened'
  | 'reopened'
  | 'revoked'
  | 'withdrawn';

/** What a command comes to: a new state, nothing to do, or a refusal. */
export type RequestTransition =
  | (StateMove<ChangeRequest> & { readonly action: RequestAction })
  | { readonly kind: 'keep'; readonly state: ChangeRequest }
  | { readonly kind: 'refuse'; readonly because: RequestRefusal };

/** Opens a request. The same content asked again is the same request, whatever became of it. */
export function openRequest(
  current: ChangeRequest | null,
  { host, ...draft }: RequestDraft,
  moment: StateMoment,
): RequestTransition {
  if (current !== null) {
    if (current.proposal !== draft.proposal) return refuse('taken');
    if (current.from !== draft.from) return refuse('not-yours');
    return isClosed(current, moment.now) ? refuse('closed') : { kind: 'keep', state: current };
  }
  return move('opened', {
    ...draft,
    status: 'open',
    opened: { at: moment.now, host },
    decided: null,
    applied: null,
    grant: null,
    landed: null,
    offline: moment.offline,
  });
}

/** The patch is on the decider's branch, or is about to be: the commit is kept by the state. */
export function applyRequest(
  current: ChangeRequest | null,
  decider: RequestDecider,
  applied: AppliedPatch,
  moment: StateMoment,
): RequestTransition {
  const refused = refusalOf(current, decider, moment.now);
  if (current !== null && current.status === 'applied' && refused === 'applied')
    return { kind: 'keep', state: current };
  if (current === null || refused !== null) return refuse(refused ?? 'missing');
  if (current.status === 'granted') return refuse('granted');
  return move('applied', {
    ...current,
    status: 'applied',
    decided: decision(decider, '', moment),
    applied,
    offline: moment.offline,
  });
}

/** Leave for other content until `until` (milliseconds since 1970); a running grant is made longer. */
export function grantRequest(
  current: ChangeRequest | null,
  decider: RequestDecider,
  until: number,
  moment: StateMoment,
): RequestTransition {
  const refused = refusalOf(current, decider, moment.now);
  if (current === null || refused !== null) return refuse(refused ?? 'missing');
  if (current.branch === null) return refuse('no-branch');
  return move('granted', {
    ...current,
    status: 'granted',
    decided: decision(decider, '', moment),
    grant: { until: Math.max(until, current.grant?.until ?? 0) },
    offline: moment.offline,
  });
}

/** Says no. A grant that runs is taken back. */
export function declineRequest(
  current: ChangeRequest | null,
  decider: RequestDecider,
  reason: string,
  moment: StateMoment,
): RequestTransition {
  if (current?.status === 'declined') return { kind: 'keep', state: current };
  const refused = refusalOf(current, decider, moment.now);
  if (current === null || refused !== null) return refuse(refused ?? 'missing');
  return move(current.status === 'granted' ? 'revoked' : 'declined', {
    ...current,
    status: 'declined',
    decided: decision(decider, reason, moment),
    grant: null,
    offline: moment.offline,
  });
}

/** The asker takes it back. */
export function withdrawRequest(
  current: ChangeRequest | null,
  actor: RequestActor,
  moment: StateMoment,
): RequestTransition {
  if (current === null) return refuse('missing');
  if (actor.agent !== null && actor.agent !== current.from) return refuse('not-yours');
  if (current.status === 'withdrawn') return { kind: 'keep', state: current };
  if (current.status === 'applied') return refuse('applied');
  if (current.status === 'declined') return refuse('closed');
  return move('withdrawn', {
    ...current,
    status: 'withdrawn',
    decided: decision(actor, '', moment),
    grant: null,
    offline: moment.offline,
  });
}

/** Asks again what was declined, taken back, or granted for a time that is over. */
export function reopenRequest(
  current: ChangeRequest | null,
  actor: RequestActor,
  message: string | null,
  moment: StateMoment,
): RequestTransition {
  if (current === null) return refuse('missing');
  if (actor.agent !== null && actor.agent !== current.from) return refuse('not-yours');
  if (current.status === 'applied') return refuse('applied');
  if (!isClosed(current, moment.now)) return { kind: 'keep', state: current };
  return move('reopened', {
    ...current,
    status: 'open',
    message: message ?? current.message,
    opened: { ...current.opened, at: moment.now },
    decided: null,
    grant: null,
    offline: moment.offline,
  });
}

/** Nobody can go on with it but by asking again. */
const isClosed = ({ status, grant }: ChangeRequest, now: number): boolean =>
  status === 'declined' ||
  status === 'withdrawn' ||
  (status === 'granted' && now >= (grant?.until ?? 0));

/** Why somebody may not decide it now; a person may decide what agents asked of each other. */
function refusalOf(
  current: ChangeRequest | null,
  { agent, asked }: RequestDecider,
  now: number,
): RequestRefusal | null {
  if (current === null) return 'missing';
  if (agent !== null && agent === current.from) return 'own';
  if (agent !== null && !asked.includes(agent)) return 'not-asked';
  if (current.status === 'applied') return 'applied';
  if (!isClosed(current, now)) return null;
  return current.status === 'granted' ? 'expired' : 'closed';
}

const decision = (
  { agent, strength }: RequestActor,
  reason: string,
  { now }: StateMoment,
): RequestDecision => ({ at: now, by: agent, strength, reason });

const refuse = (because: RequestRefusal): RequestTransition => ({ kind: 'refuse', because });

/** The proposal, and the commit it became, are parents: git carries and keeps them with the state. */
const move = (action: RequestAction, state: ChangeRequest): RequestTransition => ({
  kind: 'move',
  action,
  state,
  // Where it is signed, the asker has signed that the two go together.
  subject: `request ${state.id} ${action}${state.withBranch && state.status === 'open' ? ' with its branch' : ''}`,
  parents: [state.proposal, ...(state.applied ? [state.applied.commit] : [])],
});
