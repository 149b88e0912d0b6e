import { relative } from 'node:path';
import { adviceFor, type AdviceFacts } from '../../core/install/advice.ts';
import { hasHookBlock } from '../../core/install/hook-block.ts';
import { isInside } from '../../core/install/managers/manager.ts';
import { describePlan, type Plan } from '../../domain/plan.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { HookStatus, InitData, Snippet } from '../../domain/reports/init.ts';
import type { HookFacts } from './hook-facts.ts';
import type { PolicyPlan } from './plan-policy.ts';

/** What `init` did or would do, and how things stand now. */
export interface InitResult {
  readonly action: InitData['action'];
  readonly dryRun: boolean;
  /** Hooks were asked for. */
  readonly hooks: boolean;
  /** As they are now. */
  readonly facts: HookFacts;
  /** What git does in each worktree, by the top of it; none for those that were not looked at. */
  readonly statuses: ReadonlyMap<string, readonly HookStatus[]>;
  readonly plan: Plan;
  readonly snippets: readonly Snippet[];
  /** False when something besides the hooks of git has to be done by hand. */
  readonly complete: boolean;
  /** What an uninstall leaves behind. */
  readonly left?: Pick<AdviceFacts, 'kept' | 'states'>;
  /** Files that are written and stay out of git, absolute. */
  readonly local: readonly string[];
  readonly policy: PolicyPlan;
}

/** The answer: allowed once git runs the guard, undecided as long as it does not. */
export function reportInit(result: InitResult): Report<InitData> {
  const { action, dryRun, facts, hooks, plan, policy, snippets } = result;
  const [here, ...others] = hooks ? facts.worktrees : [];
  const statusesOf = ({ path }: { readonly path: string }): readonly HookStatus[] =>
    result.statuses.get(path) ?? [];
  const statuses = here ? statusesOf(here) : [];
  const tracked = trackedFiles(facts, plan, result.local);
  const data: InitData = {
    action,
    dryRun,
    worktree: facts.top,
    manager: facts.manager,
    hooks: statuses,
    worktrees: others.map((each) => ({
      path: each.path,
      branch: each.branch,
      hooks: statusesOf(each),
    })),
    policy: { path: policy.path, written: policy.steps.length > 0 && !dryRun, from: policy.from },
    ...(policy.figures && { division: policy.figures }),
    ...(dryRun && policy.steps.length > 0 && { proposal: textOf(policy) }),
    steps: describePlan(plan),
    snippets,
    notes: [...policy.notes, ...notesOn(result)],
    next: dryRun
      ? []
      : adviceFor({
          action,
          manager: facts.manager,
          tool: facts.tool,
          hooks: statuses,
          snippets,
          tracked,
          ...(result.left ?? { kept: [], states: { here: false, remotes: [] } }),
          policyWritten: policy.steps.length > 0,
          mayEndRun: hooks && mayHaveEntry(facts),
          notInstalled: hooks && facts.notInstalled,
          othersOpen: others.some((each) =>
            statusesOf(each).some(({ state }) => state !== 'active'),
          ),
        }),
  };
  const guarded = dryRun
    ? snippets.length === 0
    : result.complete && statuses.every(({ state }) => state === 'active');
  return reportOf('init', {
    verdict: (action === 'uninstall' ? result.complete : guarded) ? 'allowed' : 'undecided',
    agent: null,
    policy: null,
    findings: [],
    data,
  });
}

const mayHaveEntry = ({ manager, preCommit }: HookFacts): boolean =>
  (manager === 'pre-commit' || manager === 'prek') &&
  preCommit.content !== '' &&
  !hasHookBlock(preCommit.content);

/** The text of the policy that would be written. */
function textOf({ steps }: PolicyPlan): string {
  const [step] = steps;
  return step?.kind === 'write-file' ? String(step.content) : '';
}

/** Files of the work tree that the plan writes, relative to its top. */
function trackedFiles(
  { top, commonDirectory }: HookFacts,
  plan: Plan,
  local: readonly string[],
): string[] {
  const written = plan.flatMap((step) =>
    step.kind === 'write-file' || step.kind === 'delete-file' ? [step.path] : [],
  );
  return written
    .filter(
      (path) => isInside(path, top) && !isInside(path, commonDirectory) && !local.includes(path),
    )
    .map((path) => relative(top, path));
}

function notesOn({ action, facts, hooks, policy }: InitResult): string[] {
  const notes = facts.configHooks.map(
    ({ name, events }) =>
      `git 2.54 and newer ${hooks ? 'also ' : ''}runs hook.${name} of its configuration on ${events.join(', ')}`,
  );
  if (action === 'install') return hooks ? [...notes, ...lefthookNote(facts)] : notes;
  if (policy.from === 'existing') notes.push('ownership.yml is left as it is');
  if (facts.manager === 'husky' && facts.worktrees.length > 1)
    notes.push("husky's own generated files stay in the other worktrees");
  return notes;
}

/** lefthook's own hook files end with 0 where lefthook is missing, unless told otherwise. */
function lefthookNote({ manager, lefthook }: HookFacts): string[] {
  if (manager !== 'lefthook' || /^assert_lefthook_installed: *true/m.test(lefthook.content))
    return [];
  return [
    'where lefthook is not installed its hooks let everything through; assert_lefthook_installed: true in its configuration makes them refuse',
  ];
}
