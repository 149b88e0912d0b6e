import type { Hint } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Agent } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { PathLayer } from '../../domain/reports/owner.ts';
import type { GuardFacts } from './facts.ts';
import { judgePath, judgePathOfHuman } from './judge-path.ts';
import {
  CONTROL_REASON,
  type FindingJudgement,
  FROZEN_REASON,
  LOCAL_REASON,
  type PathVerdict,
} from './path-verdict.ts';
import { ownersOf, type Place, placeOf, ruleOf } from './place.ts';
import type { Rulebook } from './rulebook.ts';

/** Where a path lies, whose it is, and what a change of it by one agent would come to. */
export interface PathDescription {
  readonly layer: PathLayer;
  readonly rule: string | null;
  readonly owners: readonly AgentId[];
  readonly reason: string;
  /** What would be found were it changed now; null when nothing would. */
  readonly finding: FindingJudgement | null;
  /** Two agents claim it, or its lock cannot be read, so that no change of it can be judged. */
  readonly ambiguous: boolean;
  /** What leads out of that, where it is known. */
  readonly hint: Hint | null;
}

/** Describes one path for an agent, or for someone who is none (null), as if it were modified. */
export function describePath(
  rules: Rulebook,
  agent: Agent | null,
  path: RepoPath,
  facts: GuardFacts,
): PathDescription {
  const change = { path, operation: 'modify', before: null, after: null } as const;
  const place = placeOf(rules, path);
  const judgement =
    agent === null
      ? judgePathOfHuman(place, change)
      : judgePath(place, change, agent, { rules, triggered: new Set(), facts });
  const finding = judgement.kind === 'finding' ? judgement : null;
  const failure = judgement.kind === 'undecided' ? judgement.failure : null;
  return {
    layer: layerOf(place, judgement),
    rule: finding?.rule ?? ruleOf(place),
    owners: ownersOf(place),
    reason: failure?.message ?? (finding?.severity === 'error' ? finding.message : reasonOf(place)),
    finding,
    ambiguous:
      failure !== null ||
      judgement.kind === 'ambiguous' ||
      (place.layer === 'owned' && place.exact && ownersOf(place).length > 1),
    hint: failure?.hints[0] ?? null,
  };
}

function layerOf(place: Place, judgement: PathVerdict): PathLayer {
  if (judgement.kind === 'finding' && judgement.code === 'unsafe-path') return 'unsafe';
  if (judgement.kind === 'finding' && judgement.code === 'forbidden') return 'forbidden';
  return place.layer;
}

function reasonOf(place: Place): string {
  switch (place.layer) {
    case 'local':
      return LOCAL_REASON;
    case 'control':
      return CONTROL_REASON;
    case 'frozen':
      return FROZEN_REASON;
    case 'reserved':
      return sentence(
        place.matches.map(
          ({ part }) =>
            `only ${part.agents.join(', ')} may change this (${part.name})${why(part.reason)}`,
        ),
      );
    case 'shared':
      return sentence(
        place.matches.map(
          ({ part }) =>
            `changed by ${part.agents.join(', ')}, one at a time (${part.name})${lockWords(part.lock, part.name)}`,
        ),
      );
    case 'derived':
      return sentence(
        place.matches.map(
          ({ part }) => `may change together with ${part.when.map(({ text }) => text).join(', ')}`,
        ),
      );
    case 'owned':
      return ownersOf(place).length > 1
        ? `claimed by ${ownersOf(place).join(' and ')}: the policy does not say whose it is`
        : `belongs to ${ownersOf(place).join(', ')}`;
    case 'unowned':
      return 'no agent owns this';
  }
}

const sentence = (parts: readonly string[]): string => [...new Set(parts)].join('; ');

const why = (reason: string | null): string => (reason === null ? '' : `: ${reason}`);

function lockWords(lock: 'advised' | 'none' | 'required', name: string): string {
  if (lock === 'none') return '';
  return `; a change ${lock === 'required' ? 'needs' : 'should hold'} the lock ${name}`;
}
