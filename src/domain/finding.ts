import type { Operation } from './change.ts';
import type { Hint } from './hint.ts';
import type { AgentId } from './ids.ts';
import type { RepoPath } from './path.ts';

/** Every code a finding can have, sorted. Each has one section in `docs/findings.md`. */
export const FINDING_CODES = [
  'base-branch-push',
  'base-red',
  'branch-stale',
  'branch-too-large',
  'conflict',
  'conflict-combination',
  'conflict-with-base',
  'dangling-name',
  'duplicate-name',
  'forbidden',
  'foreign-branch-push',
  'foreign-merge',
  'foreign-ref-push',
  'frozen',
  'grant-expired',
  'hook-bypassed',
  'identity-mismatch',
  'identity-unknown',
  'land-failed',
  'landed-out-of-part',
  'local-only',
  'lock-expired',
  'lock-held',
  'lock-needed',
  'lock-unlanded',
  'migration-collision',
  'near-change',
  'owned-by-other',
  'phase-closed',
  'policy-changed',
  'pull-request-form',
  'request-pending',
  'request-refused',
  'reserved',
  'same-file',
  'state-ref-push',
  'task-overlap',
  'task-taken',
  'undoes-landed',
  'unowned',
  'unsafe-path',
  'version-bump-needed',
  'version-drift',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];

/** `error` refuses; `warning` and `notice` are said and let through. */
export type Severity = 'error' | 'warning' | 'notice';

/** One thing a report has to say. Plain values: paths and messages are escaped by the renderer. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly path?: RepoPath;
  readonly ops?: readonly Operation[];
  readonly agent: AgentId | null;
  /** Who may change the path: agents, in the order of their ids. */
  readonly owner?: readonly AgentId[];
  /** The rule that decided, as a place in `ownership.yml`: `agents.a1.owns[0] 'services/**'`. */
  readonly rule?: string;
  /** What is wrong, one sentence, no trailing full stop. */
  readonly message: string;
  /** One command that helps, or what to do where no command can; see `render`. */
  readonly hint?: Hint;
}

/** Sorts findings so that the same facts always read the same: severity, path, code, message. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const rank = { error: 0, warning: 1, notice: 2 } as const;
  return [...findings].sort(
    (a, b) =>
      rank[a.severity] - rank[b.severity] ||
      compare(a.path ?? '', b.path ?? '') ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

/** Orders strings by UTF-16 code unit: the same on every machine and locale. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
