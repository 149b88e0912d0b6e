import { stepsAfterAdd } from '../../../core/worktrees/steps-after-add.ts';
import { planBeginning, planWorktree } from '../../../core/worktrees/plan-add.ts';
import { describePlan, type Plan } from '../../../domain/plan.ts';
import { type Report, reportOf } from '../../../domain/report.ts';
import type {
  AddedWorktree,
  SetupOutcome,
  WorktreeAddData,
} from '../../../domain/reports/worktree.ts';
import type { Policy } from '../../session/policy.ts';
import type { Made } from './make.ts';
import type { Prepared, PreparedWorktree } from './prepare.ts';

/** What was done, or would be. */
export interface AddResult {
  readonly policy: Policy;
  readonly prepared: Prepared;
  /** The steps for the registry, which are for all. */
  readonly common: Plan;
  /** By path; a dry run has none. */
  readonly made: ReadonlyMap<string, Made>;
  readonly guarded: (path: string) => boolean | null;
  readonly setupWanted: boolean;
  readonly dryRun: boolean;
}

/** The answer: undecided as soon as one worktree could not be made. */
export function reportAdd(result: AddResult): Report<WorktreeAddData> {
  const { policy, prepared, common, dryRun } = result;
  const worktrees = prepared.worktrees.map((each) => added(result, each));
  const plan = [
    ...common,
    ...prepared.worktrees.flatMap(({ facts }) => [...planBeginning(facts), ...planWorktree(facts)]),
  ];
  const failed = worktrees.some(({ outcome }) => outcome === 'failed');
  return reportOf('worktree add', {
    verdict: failed ? 'undecided' : 'allowed',
    agent: null,
    policy: policy.source,
    findings: [],
    data: {
      verb: 'add',
      dryRun,
      top: prepared.survey.start,
      worktrees,
      steps: describePlan(plan),
      notes: [...policy.notices, ...prepared.notes, ...branchNotes(worktrees)],
      next: dryRun ? [] : stepsAfterAdd(worktrees, prepared.survey.top === null),
    },
  });
}

function added(result: AddResult, { facts, record, settled }: PreparedWorktree): AddedWorktree {
  const made = result.made.get(facts.path);
  const outcome = made?.outcome ?? 'planned';
  const ran = facts.setup.length > 0;
  return {
    agent: facts.agent,
    path: facts.path,
    branch: facts.branch,
    outcome,
    ports: record.ports,
    setup: setupOutcome(result, ran, outcome === 'failed', settled.worktree?.main === true),
    log: ran ? facts.log : null,
    guarded: outcome === 'failed' ? null : result.guarded(facts.path),
    failure: made?.failure ?? null,
  };
}

function setupOutcome(
  { policy, setupWanted }: AddResult,
  ran: boolean,
  failed: boolean,
  main: boolean,
): SetupOutcome {
  if (policy.ownership.worktrees.setup.length === 0) return 'none';
  if (!setupWanted || main) return 'skipped';
  if (!ran) return 'earlier';
  return failed ? 'failed' : 'done';
}

function branchNotes(worktrees: readonly AddedWorktree[]): string[] {
  const detached = worktrees.filter(({ branch }) => branch === null);
  return detached.map(({ path }) => `no branch is checked out in ${path}`);
}
