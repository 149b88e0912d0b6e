import type { Failure } from '../../domain/failure.ts';
import type { FindingCode, Severity } from '../../domain/finding.ts';
import type { AgentId, LockName } from '../../domain/ids.ts';
import { ownersOf, type Place, ruleOf } from './place.ts';
import type { Grant } from './rulebook.ts';

/** What one change of one path may do, by which rule, and the words for it. */
export type PathVerdict =
  | { readonly kind: 'allowed' }
  | {
      readonly kind: 'finding';
      readonly code: FindingCode;
      readonly severity: Severity;
      readonly rule: string | null;
      readonly owner: readonly AgentId[];
      readonly message: string;
      /** The lock that would open the path. */
      readonly lock?: LockName;
    }
  | {
      /** Two agents claim the path: the policy does not say whose it is. */
      readonly kind: 'ambiguous';
      readonly grants: readonly Grant[];
    }
  | {
      /** What decides about the path cannot be read. */
      readonly kind: 'undecided';
      readonly failure: Failure;
    };

export type FindingJudgement = Extract<PathVerdict, { kind: 'finding' }>;

export const ALLOWED: PathVerdict = { kind: 'allowed' };

/** A finding with the rule and the owners of the place the path lies in. */
export function findingOf(
  code: FindingCode,
  message: string,
  place: Place | null = null,
  severity: Severity = 'error',
): FindingJudgement {
  const rule = place === null ? null : ruleOf(place);
  const owner = place === null ? [] : ownersOf(place);
  return { kind: 'finding', code, severity, rule, owner, message };
}

export const LOCAL_REASON = 'local to one worktree: it must never be committed';
export const FROZEN_REASON = 'nobody may change this';
export const CONTROL_REASON =
  "a control file of the guard: only people, or an agent whose 'owns' names it, may change it";

/** What is said of a local-only path, to agents and people alike. */
export const localOnly = (place: Place): FindingJudgement =>
  findingOf('local-only', LOCAL_REASON, place);

/** What is said of a frozen path or a control file. */
export const frozen = (place: Place, severity: Severity = 'error'): FindingJudgement =>
  findingOf('frozen', place.layer === 'control' ? CONTROL_REASON : FROZEN_REASON, place, severity);
