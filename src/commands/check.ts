import { asPerson } from '../core/identity/declared-person.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { CheckData, CheckTarget } from '../domain/reports/check.ts';
import type { Host } from '../host/host.ts';
import { judgeTarget } from '../services/guard/judge-target.ts';
import { atRef } from '../services/session/policy-places.ts';
import { withSession } from '../services/session/session.ts';

export interface CheckOptions {
  readonly target: CheckTarget;
  /** `--agent`: who to judge as. */
  readonly agent?: string | undefined;
  /** `--as-human`: a person at a terminal asks, whatever branch and binding say. */
  readonly asHuman?: boolean | undefined;
  /** `--base`: a ref to judge against and by, instead of the base that this clone knows. */
  readonly base?: string | undefined;
  /** `--policy`: a draft to ask instead of the policy in force. */
  readonly policy?: string | undefined;
}

/**
 * Judges one set of changes as the hooks and CI do.
 *
 * @throws Failure when it cannot be decided: no policy, broken policy, history cut off, wrong usage.
 */
export const runCheck = (
  host: Host,
  { target, agent, policy, base, asHuman = false }: CheckOptions,
): Promise<Report<CheckData>> =>
  withSession(
    asHuman ? { ...host, environment: asPerson(host.environment) } : host,
    async (session) => reportOf('check', await judgeTarget(session, target, { agent })),
    { draft: policy, ...(base !== undefined && { places: atRef(base) }) },
  );
