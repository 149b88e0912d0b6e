import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { type Finding, sortFindings } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId, LockName } from '../../domain/ids.ts';
import type { Agent, Ownership } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { GuardFacts } from './facts.ts';
import { judgePath, judgePathOfHuman, type Judging, type Triggered } from './judge-path.ts';
import type { PathVerdict } from './path-verdict.ts';
import { describeGlob, type Place, placeOf } from './place.ts';
import { makeRulebook } from './rulebook.ts';

/** What was found, and what would open the paths that only want a lock. */
export interface Decision {
  /** Sorted. */
  readonly findings: readonly Finding[];
  readonly locks: ReadonlyMap<RepoPath, LockName>;
}

/** A change, and where its path lies for everyone. */
interface PlacedChange {
  readonly change: Change;
  readonly place: Place;
}

/**
 * The decision: what one agent (or someone who is none: null) may not do among these changes.
 * Pure and total; the same facts give the same findings in hook, command line and CI.
 *
 * @returns a failure when the policy does not say whose a path is.
 */
export function decide(
  ownership: Ownership,
  agent: AgentId | null,
  changes: readonly Change[],
  facts: GuardFacts,
): Result<Decision, Failure> {
  const rules = makeRulebook(ownership);
  const who = agent === null ? null : (ownership.agents.get(agent) ?? null);
  if (agent !== null && who === null)
    return err(new Failure('policy', `the policy knows no agent ${agent}`));
  const placed = changes.map((change) => ({ change, place: placeOf(rules, change.path) }));
  const alone: Judging = { rules, triggered: new Set(), facts };
  const triggered = who === null ? alone.triggered : triggeredParts(ownership, who, placed, alone);
  const judging = { ...alone, triggered };
  const findings: Finding[] = [];
  const locks = new Map<RepoPath, LockName>();
  for (const { change, place } of placed) {
    const verdict =
      who === null ? judgePathOfHuman(place, change) : judgePath(place, change, who, judging);
    if (verdict.kind === 'ambiguous') return err(ambiguous(change, verdict));
    if (verdict.kind === 'undecided') return err(verdict.failure);
    if (verdict.kind === 'allowed') continue;
    findings.push(toFinding(change, agent, verdict));
    if (verdict.lock !== undefined) locks.set(change.path, verdict.lock);
  }
  return ok({ findings: sortFindings(findings), locks });
}

/**
 * Derived parts with a changed trigger that the agent may change: its own, or one of a shared or
 * reserved part. A lock that is missing is said of the trigger, and then opens both.
 */
function triggeredParts(
  { derived }: Ownership,
  who: Agent,
  placed: readonly PlacedChange[],
  judging: Judging,
): Triggered {
  const mayChange = ({ change, place }: PlacedChange): boolean => {
    const verdict = judgePath(place, change, who, judging);
    if (verdict.kind !== 'finding') return verdict.kind === 'allowed';
    return verdict.severity !== 'error' || verdict.lock !== undefined;
  };
  const triggered = derived.filter(({ when }) =>
    placed.some((one) => when.some((glob) => glob.matches(one.change.path)) && mayChange(one)),
  );
  return new Set(triggered.map(({ name }) => name));
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
    hintTo('see every such path', 'bailiwick lint'),
  ]);
}
