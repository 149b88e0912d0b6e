import type { RequestTransition } from '../../core/requests/transitions.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { RequestChangeData } from '../../domain/reports/request.ts';
import type { StateMoment } from '../../domain/state-transition.ts';
import type { ChangeRequest } from '../../domain/states/change-request.ts';
import type { PolicySession } from '../session/session.ts';
import { changeRequest, readRequestId } from './change-request.ts';
import { changedParts, unchangedParts } from './changed-parts.ts';
import { type ActorHere, requestActor } from './request-actor.ts';

/** What every command that settles one request is asked. */
export interface SettleOptions {
  readonly id: string;
  readonly agent?: string | undefined;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Moves one request by a decision alone, without a commit.
 *
 * @param decide pure. `asked`: whom the policy names now
 * @throws Failure when there is no request of that id
 */
export async function settleRequest(
  session: PolicySession,
  verb: RequestChangeData['verb'],
  { id: typed, agent: option, offline, dryRun = false }: SettleOptions,
  decide: (
    current: ChangeRequest | null,
    actor: ActorHere & { readonly asked: readonly AgentId[] },
    moment: StateMoment,
  ) => RequestTransition,
): Promise<ReportParts<RequestChangeData>> {
  const id = readRequestId(typed);
  const actor = requestActor(session, option);
  if (!actor.ok) return unchangedParts(session, verb, [actor.error]);
  const { agent } = actor.value;
  const change = await changeRequest(session, {
    id,
    agent,
    offline,
    dryRun,
    decide: (current, asked, moment) => decide(current, { ...actor.value, asked }, moment),
  });
  return changedParts(session, { verb, agent, changes: [change], dryRun });
}
