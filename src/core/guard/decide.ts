import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { type Finding, sortFindings } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Agent, Ownership } from '../../domain/ownership.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { GuardFacts } from './facts.ts';
import { judgePath, judgePathOfHuman, type Triggered } from './judge-path.ts';
import type { PathVerdict } from './path-verdict.ts';
import { describeGlob, placeOf } from './place.ts';
import { makeRulebook, type Rulebook } from './rulebook.ts';

/**
 * The decision: what one agent (or someone who is none: null) may not do among these changes.
 * Pure and total; the same facts give the same findings in hook, command line and CI.
 *
 * @returns the findings, sorted; a failure when the policy does not say whose a path is.
 */
export function decide(
  ownership: Ownership,
  agent: AgentId | null,
  changes: readonly Change[],
  context: GuardFacts,
): Result<readonly Finding[], Failure> {
  const rules = makeRulebook(ownership);
  const who = agent === null ? null : (ownership.agents.get(agent) ?? null);
  if (agent !== null && who === null)
    return err(new Failure('policy', `the policy knows no agent ${agent}`));
  const triggered = who === null ? new Set<string>() : triggeredParts(rules, who, changes);
  const findings: Finding[] = [];
  for (const change of changes) {
    const judgement =
      who === null
        ? judgePathOfHuman(rules, change)
        : judgePath(rules, who, change, triggered, context);
    if (judgement.kind === 'ambiguous') return err(ambiguous(change, judgement));
    if (judgement.kind === 'undecided') return err(judgement.failure);
    if (judgement.kind === 'finding') findings.push(toFinding(change, agent, judgement));
  }
  return ok(sortFindings(findings));
}

/** Derived parts with a changed trigger that is the agent's own to change. */
function triggeredParts(rules: Rulebook, agent: Agent, changes: readonly Change[]): Triggered {
  const triggered = rules.ownership.derived.filter(({ when }) =>
    changes.some(
      ({ path }) => when.some((glob) => glob.matches(path)) && isOwn(rules, agent, path),
    ),
  );
  return new Set(triggered.map(({ name }) => name));
}

function isOwn(rules: Rulebook, agent: Agent, path: Change['path']): boolean {
  const place = placeOf(rules, path);
  return (
    place.layer === 'owned' && place.exact && place.grants.some((grant) => grant.agent === agent.id)
  );
}

function toFinding(
  change: Change,
  agent: AgentId | null,
  judgement: Extract<PathVerdict, { kind: 'finding' }>,
): Finding {
  return {
    code: judgement.code,
    severity: judgement.severity,
    path: change.path,
    ops: [change.operation],
    agent,
    ...(judgement.owner.length > 0 && { owner: judgement.owner }),
    ...(judgement.rule !== null && { rule: judgement.rule }),
    message: judgement.message,
  };
}

function ambiguous(
  change: Change,
  { grants }: Extract<PathVerdict, { kind: 'ambiguous' }>,
): Failure {
  const claims = grants.map(({ glob }) => describeGlob(glob)).join(' and ');
  return new Failure('policy', `${change.path} is claimed twice: by ${claims}`, [
    'To see every such path, run bailiwick lint',
  ]);
}
