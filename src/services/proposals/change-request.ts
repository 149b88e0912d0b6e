import { requestRefusal } from '../../core/requests/findings.ts';
import { requestRows } from '../../core/requests/row.ts';
import type { RequestTransition } from '../../core/requests/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { RequestOutcome, RequestRow } from '../../domain/reports/request.ts';
import type { StateMoment } from '../../domain/state-transition.ts';
import {
  type ChangeRequest,
  parseRequestId,
  type RequestId,
} from '../../domain/states/change-request.ts';
import { requestPlace } from '../requests/request-place.ts';
import type { PolicySession } from '../session/session.ts';
import { changeState } from '../state/change-state.ts';
import { StateStore } from '../state/state-store.ts';
import { storeNotices } from '../state/store-notices.ts';
import { requestPlacer } from './place-request.ts';

/** What one command came to for one request. */
export interface RequestChange {
  readonly outcome: RequestOutcome;
  readonly row: RequestRow;
  /** As it was before; the same where it is new. */
  readonly before: RequestRow;
  readonly findings: readonly Finding[];
  readonly notices: readonly string[];
  readonly transition: RequestTransition;
  readonly moment: StateMoment;
}

export interface RequestChangeOptions {
  readonly id: RequestId;
  /** For whom a refusal is worded; null: a person. */
  readonly agent: AgentId | null;
  readonly offline?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Pure. `asked`: whom the policy names now. */
  readonly decide: (
    current: ChangeRequest | null,
    asked: readonly AgentId[],
    moment: StateMoment,
  ) => RequestTransition;
}

/** @throws Failure `usage` for what cannot be the id of a request */
export function readRequestId(text: string): RequestId {
  const id = parseRequestId(text);
  if (id !== null) return id;
  throw new Failure('usage', `${JSON.stringify(text)} is not the id of a request`, [SEE_ALL]);
}

/** Changes one request, if whoever asks may. @throws Failure when there is none, or it cannot be read. */
export async function changeRequest(
  session: PolicySession,
  { id, agent, offline = false, dryRun = false, decide }: RequestChangeOptions,
): Promise<RequestChange> {
  const { policy } = session;
  const placer = requestPlacer(policy.ownership);
  const store = await StateStore.open(session, offline);
  const askedOf = (request: ChangeRequest | null): readonly AgentId[] =>
    request === null ? [] : placer(request).asked;
  const { before, transition, moment } = await changeState(store, {
    ...requestPlace(id),
    dryRun,
    decide: (current: ChangeRequest | null, at) =>
      signed(policy.ownership, decide(current, askedOf(current), at)),
  });
  if (transition.kind === 'refuse' && transition.because === 'missing')
    throw new Failure('usage', `there is no request ${id}`, [SEE_ALL]);
  const request = transition.kind === 'refuse' ? before! : transition.state;
  const { remind } = policy.ownership.requests;
  const rowOf = (one: ChangeRequest): RequestRow =>
    requestRows([{ request: one, place: placer(one), sync: null }], moment.now, remind)[0]!;
  const refused =
    transition.kind === 'refuse' &&
    transition.because !== 'missing' &&
    transition.because !== 'taken';
  return {
    outcome: outcomeOf(transition),
    row: rowOf(request),
    before: rowOf(before ?? request),
    findings: refused ? [requestRefusal(transition.because, request, agent, askedOf(request))] : [],
    notices: storeNotices(
      store,
      transition.kind === 'move' ? `request ${id} was ${transition.action}` : null,
    ),
    transition,
    moment,
  };
}

/** Where a signature is what proves it, whoever acts here signs. */
const signed = ({ requests }: Ownership, transition: RequestTransition): RequestTransition =>
  requests.proof === 'signature' && transition.kind === 'move'
    ? { ...transition, sign: true }
    : transition;

function outcomeOf(transition: RequestTransition): RequestOutcome {
  if (transition.kind === 'move') return transition.action;
  return transition.kind === 'keep' ? 'unchanged' : 'refused';
}

const SEE_ALL = hintTo('see every request', 'bailiwick request list --all');
