import type { ForeignMerge } from '../../core/guard/foreign-merge.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import type { Oid } from '../../domain/refs.ts';
import type { CountRequests } from '../guard/changes-to-judge.ts';
import { foreignMerges } from '../guard/foreign/foreign-merges.ts';
import type { PolicySession } from '../session/session.ts';
import { fetchFleetHistory } from './fleet-history.ts';
import type { OpenGate } from './open-gate.ts';

/** Whose commits came along with an agent's pull request; nobody's with a person's. */
export async function cameAlong(
  gate: OpenGate<PolicySession>,
  agent: AgentId | null,
  { branch, head }: PullRequest,
  { tip }: { readonly tip: Oid },
  counts: CountRequests,
): Promise<{ readonly merges: readonly ForeignMerge[]; readonly notices: readonly string[] }> {
  if (agent === null) return { merges: [], notices: [] };
  const notice = await fetchFleetHistory(gate, { agent, branch, base: tip, head });
  const searched = { agent, branch, base: tip, head, landed: [], counts };
  return {
    merges: await foreignMerges(gate.session, searched),
    notices: notice === null ? [] : [notice],
  };
}
