import { describePath, type PathDescription } from '../core/guard/describe-path.ts';
import type { GuardFacts } from '../core/guard/facts.ts';
import type { FindingJudgement } from '../core/guard/path-verdict.ts';
import { withHints } from '../core/guard/remedy.ts';
import { makeRulebook } from '../core/guard/rulebook.ts';
import { Failure } from '../domain/failure.ts';
import type { Finding } from '../domain/finding.ts';
import { type Hint, hintTo } from '../domain/hint.ts';
import type { Agent } from '../domain/ownership.ts';
import type { RepoPath } from '../domain/path.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { OwnerData, PathOwner } from '../domain/reports/owner.ts';
import type { Host } from '../host/host.ts';
import { leasesFor } from '../services/guard/work/follow-locks.ts';
import { readLeases } from '../services/locks/read-leases.ts';
import { identify } from '../services/session/identify.ts';
import { repoPathOf } from '../services/session/repo-path.ts';
import { withPolicy } from '../services/session/session.ts';

export interface OwnerOptions {
  readonly paths: readonly string[];
  readonly agent?: string | undefined;
  /** `--policy`: a draft to ask instead of the policy in force. */
  readonly policy?: string | undefined;
}

/**
 * Whose paths are: which rule, which owner, why, and what to do. An answer, not a judgement: it is
 * `allowed` whatever it says, and `undecided` when the policy does not say whose a path is.
 *
 * @throws Failure when there is no usable policy, no path, or a path outside the repository.
 */
export function runOwner(host: Host, options: OwnerOptions): Promise<Report<OwnerData>> {
  return withPolicy(
    host,
    async (session) => {
      if (options.paths.length === 0)
        throw new Failure('usage', 'no path was named', [
          hintTo('ask about one', 'bailiwick owner <path>'),
        ]);
      const { policy } = session;
      const { ownership } = policy;
      const identity = identify(session, { option: options.agent });
      const agent =
        identity.kind === 'agent' ? (ownership.agents.get(identity.agent) ?? null) : null;
      const read = await readLeases(session.reader, ownership);
      const leases = await leasesFor(session, agent?.id ?? null, read);
      const context: GuardFacts = { leases, now: host.now(), lookAlikes: new Map() };
      const rules = makeRulebook(ownership);
      const named = options.paths.map((path) => repoPathOf(session, path));
      const paths = [...new Set(named)].map((path) => {
        const described = describePath(rules, agent, path, context);
        return { described, answer: toAnswer(agent, path, described) };
      });
      return reportOf('owner', {
        verdict: paths.some(({ described }) => described.ambiguous) ? 'undecided' : 'allowed',
        agent: agent?.id ?? null,
        policy: policy.source,
        findings: [],
        data: { paths: paths.map(({ answer }) => answer) },
      });
    },
    { draft: options.policy },
  );
}

function toAnswer(
  agent: Agent | null,
  path: RepoPath,
  { layer, rule, owners, reason, finding, ambiguous, hint }: PathDescription,
): PathOwner {
  const refused = finding?.severity === 'error' || ambiguous;
  return {
    path,
    layer,
    rule,
    owners,
    forAgent: agent && {
      verdict: refused ? 'refused' : 'allowed',
      ...(finding && { code: finding.code }),
    },
    reason,
    hint: hint ?? hintOf(agent, path, owners, finding),
  };
}

/** What helps, as `check --paths` would say it. */
function hintOf(
  agent: Agent | null,
  path: RepoPath,
  owner: PathOwner['owners'],
  found: FindingJudgement | null,
): Hint | null {
  if (found === null) return null;
  const { code, severity, message, lock } = found;
  const finding: Finding = {
    code,
    severity,
    path,
    agent: agent?.id ?? null,
    message,
    ...(owner.length > 0 && { owner }),
  };
  const locks = new Map(lock === undefined ? [] : [[path, lock]]);
  return (
    withHints([finding], { kind: 'paths' }, { locks, why: agent && 'why it is needed' })[0]?.hint ??
    null
  );
}
