import type { Failure } from '../../domain/failure.ts';
import type { FindingCode, Severity } from '../../domain/finding.ts';
import type { AgentId, LockName } from '../../domain/ids.ts';
import type { Lease } from '../../domain/lock.ts';
import type { Grant } from './rulebook.ts';

/** What one change may do, and by which rule; `decide` makes a finding of it. */
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
      readonly lease?: Lease | null;
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
