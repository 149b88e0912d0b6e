import type { Hint } from '../hint.ts';
import type { AgentId } from '../ids.ts';
import type { PlannedStep } from '../plan.ts';
import type { Oid } from '../refs.ts';
import type { GuardEvent, HookManager, HookProof } from './init.ts';

/** Everything that `doctor` can find, sorted; one row each in docs/doctor.md. */
export const DIAGNOSIS_CODES = [
  'alias-gone',
  'allow-missing',
  'base-missing',
  'config-hook',
  'git-lock',
  'guard-versions',
  'harness-missing',
  'harness-off',
  'harness-untrusted',
  'home-gone',
  'hook-failing',
  'hook-inert',
  'hook-line-ends',
  'hook-missing',
  'hook-skipped',
  'hook-unguarded',
  'hook-unproven',
  'hooks-path-absolute',
  'hooks-path-gone',
  'hooks-path-outside',
  'index-lock',
  'lock-expired',
  'lock-unreadable',
  'manager-condition',
  'manager-off',
  'policy-broken',
  'policy-missing',
  'policy-not-landed',
  'registry-broken',
  'registry-lock',
  'remote-head-differs',
  'remote-head-stale',
  'request-unanswerable',
  'request-unreadable',
  'request-waiting',
  'worktree-broken',
  'worktree-gone',
  'worktree-half-made',
  'worktree-unowned',
] as const;
export type DiagnosisCode = (typeof DIAGNOSIS_CODES)[number];

/** One thing that is wrong (`fault`), or worth knowing and nobody's fault (`note`). */
export interface Diagnosis {
  readonly code: DiagnosisCode;
  readonly severity: 'fault' | 'note';
  /** The top of the worktree it is about, absolute; null when it is about all of them. */
  readonly worktree: string | null;
  readonly event: GuardEvent | null;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly hint: Hint | null;
  /** `doctor --fix` repairs it: it is ours. */
  readonly ours: boolean;
}

/** What git runs for one event, and what the file is. */
export interface HookFinding extends HookProof {
  /** What the file points at when it is a symbolic link; else null. */
  readonly link: string | null;
  /** Its first line ends in CR LF. */
  readonly carriageReturns: boolean;
  /** What stands behind its `#!`; null without one. */
  readonly interpreter: string | null;
}

/** Where git looks for the hooks of one worktree, and what it finds there. */
export interface WorktreeHealth {
  readonly path: string;
  readonly branch: string | null;
  readonly main: boolean;
  readonly here: boolean;
  readonly agent: AgentId | null;
  /** `core.hooksPath` as this worktree sees it; null when it is not set. */
  readonly hooksPath: {
    readonly value: string;
    readonly scope: string;
    readonly origin: string;
  } | null;
  readonly directory: string;
  readonly hooks: readonly HookFinding[];
}

/** Where the policy comes from, and of when it is. */
export interface PolicyHealth {
  readonly ref: string;
  readonly oid: Oid | null;
  /** When the commit was made that it is read from, milliseconds since 1970; null when there is none. */
  readonly committed: number | null;
  readonly base: string;
}

/** `data` of `doctor`. */
export interface DoctorData {
  readonly manager: HookManager;
  readonly program: { readonly version: string; readonly home: string; readonly git: string };
  readonly worktrees: readonly WorktreeHealth[];
  /** Null when there is none that can be used. */
  readonly policy: PolicyHealth | null;
  readonly remotes: readonly string[];
  /** Faults first, then in the order of the codes. */
  readonly diagnoses: readonly Diagnosis[];
  /** What `--fix` did, or would do. */
  readonly steps: readonly PlannedStep[];
  readonly dryRun: boolean;
  readonly now: number;
}
