import type { AgentId } from '../../domain/ids.ts';
import type { Plan, Step } from '../../domain/plan.ts';
import type { BranchName, Oid, RefName } from '../../domain/refs.ts';
import type { Environment } from '../../domain/repo.ts';

/** What is to be true of an agent's worktree, and what already is. */
export interface AddFacts {
  readonly agent: AgentId;
  readonly path: string;
  /** Null when HEAD is detached in a worktree that is there. */
  readonly branch: BranchName | null;
  /** `cut-short`: its files are not all checked out. */
  readonly state: 'cut-short' | 'new' | 'ready';
  /** Where its branch begins; null when the branch is there. */
  readonly start: {
    readonly at: Oid;
    readonly upstream: RefName | null;
    readonly from: string;
  } | null;
  /** Whose binding it has. */
  readonly bound: AgentId | null;
  /** husky's generated files, which git finds no hooks without; null when there is nothing to copy. */
  readonly arm: { readonly from: string; readonly to: string } | null;
  /** Files as they are to be; those that are so already are left out. */
  readonly files: readonly AgentFile[];
  /** Setup commands that have not passed there. */
  readonly setup: readonly string[];
  readonly environment: Environment;
  readonly log: string;
  /** Lines for a file of the user's, if there is one by then; null when it has them. */
  readonly block: { readonly path: string; readonly lines: readonly string[] } | null;
}

export interface AgentFile {
  readonly path: string;
  readonly content: string;
  readonly secret: boolean;
  readonly why: string;
}

/** The steps that git can only do for one worktree at a time: its branch, and where it is. */
export function planBeginning({ agent, branch, path, start, state }: AddFacts): Plan {
  if (branch === null) return [];
  const steps: Step[] = [];
  if (start !== null) {
    const why = `begins where ${start.from} is`;
    steps.push({ kind: 'create-branch', branch, at: start.at, upstream: start.upstream, why });
  }
  if (state === 'new')
    steps.push({ kind: 'add-worktree', path, branch, why: `where ${agent} works` });
  return steps;
}

/** The steps that complete a worktree that git knows. Removes nothing, overwrites no work. */
export function planWorktree(facts: AddFacts): Plan {
  const { agent, arm, block, bound, branch, path } = facts;
  const steps: Step[] = [];
  if (arm !== null)
    steps.push({
      kind: 'copy-directory',
      path: arm.from,
      to: arm.to,
      why: 'git finds no hook in this worktree without it',
    });
  // After the hooks are there, because post-checkout is one of them.
  if (facts.state !== 'ready' && branch !== null)
    steps.push({
      kind: 'check-out',
      path,
      branch,
      partial: facts.state === 'cut-short',
      why: 'every file that is not there',
    });
  if (bound !== agent)
    steps.push({ kind: 'bind-worktree', path, agent, why: `commits here are ${agent}'s` });
  for (const file of facts.files) steps.push({ kind: 'write-file', ...file });
  for (const command of facts.setup)
    steps.push({
      kind: 'run-command',
      command,
      directory: path,
      environment: facts.environment,
      log: facts.log,
      why: 'worktrees.setup of ownership.yml',
    });
  if (block !== null)
    steps.push({ kind: 'mark-block', ...block, why: 'the same variables, if the file is there' });
  return steps;
}
