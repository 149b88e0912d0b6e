import type { AgentId } from './ids.ts';
import type { BranchName, Oid, RefName } from './refs.ts';
import type { Environment } from './repo.ts';

/** One change to the world. `--dry-run` prints it, only `services/plans/apply.ts` does it. */
export type Step =
  | {
      readonly kind: 'write-file';
      /** Absolute. */
      readonly path: string;
      /** Text is written as UTF-8; bytes are written as they are. */
      readonly content: string | Uint8Array;
      /** True adds the executable bits; otherwise a file keeps its mode. */
      readonly executable?: boolean;
      /** True keeps others on this machine from reading it. */
      readonly secret?: boolean;
      /** Why, for the reader of a dry run. */
      readonly why: string;
    }
  | { readonly kind: 'delete-file'; readonly path: string; readonly why: string }
  | {
      readonly kind: 'rename-file';
      readonly path: string;
      /** Absolute; must not exist. Its directory is made. */
      readonly to: string;
      /** What a symbolic link points at in its new place. */
      readonly link?: string;
      readonly why: string;
    }
  | {
      /** The files directly in a directory, with their modes, into one that does not exist yet. */
      readonly kind: 'copy-directory';
      readonly path: string;
      readonly to: string;
      readonly why: string;
    }
  /** Removed only when nothing is left in it. */
  | { readonly kind: 'remove-empty-directory'; readonly path: string; readonly why: string }
  | {
      /** In the configuration all worktrees of the repository share. */
      readonly kind: 'set-config';
      readonly key: string;
      /** Null unsets. */
      readonly value: string | null;
      readonly why: string;
    }
  | {
      /** Lines between marks of ours, in a file that git does not track, if it is there by then. */
      readonly kind: 'mark-block';
      /** Absolute; directly in the top of a work tree. */
      readonly path: string;
      /** Null takes the block out. */
      readonly lines: readonly string[] | null;
      readonly why: string;
    }
  | {
      readonly kind: 'create-branch';
      /** Must not exist. */
      readonly branch: BranchName;
      readonly at: Oid;
      /** The remote's branch it follows from then on; null for none. */
      readonly upstream: RefName | null;
      readonly why: string;
    }
  | {
      /** Only if it still is at this commit. */
      readonly kind: 'delete-branch';
      readonly branch: BranchName;
      readonly at: Oid;
      readonly why: string;
    }
  | {
      /** With nothing checked out yet; one at a time, which is all that git can do. */
      readonly kind: 'add-worktree';
      /** Absolute; nothing is there, or an empty directory. */
      readonly path: string;
      readonly branch: BranchName;
      readonly why: string;
    }
  | {
      readonly kind: 'check-out';
      readonly path: string;
      readonly branch: BranchName;
      /** Some files may be there; they are left as they are. */
      readonly partial: boolean;
      readonly why: string;
    }
  | {
      /** With everything that is in its directory; cannot be taken back. */
      readonly kind: 'remove-worktree';
      readonly path: string;
      /** Also what git itself would not remove: changes, submodules, a locked worktree. */
      readonly force: boolean;
      readonly why: string;
    }
  | {
      readonly kind: 'bind-worktree';
      readonly path: string;
      /** Null unbinds it. */
      readonly agent: AgentId | null;
      readonly why: string;
    }
  | {
      /** A command of the repository's own, by the system's shell; cannot be taken back. */
      readonly kind: 'run-command';
      readonly command: string;
      readonly directory: string;
      readonly environment: Environment;
      /** Absolute; what the command prints is added to it. */
      readonly log: string;
      readonly why: string;
    };

/** What a command is about to do, in order. */
export type Plan = readonly Step[];

/** A step in words, for the reports: the contents of files and environments are left out. */
export interface PlannedStep {
  readonly kind: Step['kind'];
  /** The path, the branch, the command, or the key of a setting. */
  readonly target: string;
  /** Where to, or what with: see `endOf`; null where the kind has none. */
  readonly to: string | null;
  readonly why: string;
}

/** What a dry run and `--json` say about each step. */
export const describePlan = (plan: Plan): PlannedStep[] =>
  plan.map((step) => ({
    kind: step.kind,
    target: targetOf(step),
    to: endOf(step),
    why: step.why,
  }));

/** What a step changes, in a word. */
export function targetOf(step: Step): string {
  if ('path' in step) return step.path;
  if ('branch' in step) return step.branch;
  return step.kind === 'set-config' ? step.key : step.command;
}

/** The new place, value, branch, agent, commit or directory. */
function endOf(step: Step): string | null {
  switch (step.kind) {
    case 'rename-file':
    case 'copy-directory':
      return step.to;
    case 'set-config':
      return step.value;
    case 'create-branch':
      return step.at;
    case 'add-worktree':
    case 'check-out':
      return step.branch;
    case 'bind-worktree':
      return step.agent;
    case 'run-command':
      return step.directory;
    case 'delete-branch':
    case 'delete-file':
    case 'mark-block':
    case 'remove-empty-directory':
    case 'remove-worktree':
    case 'write-file':
      return null;
  }
}
