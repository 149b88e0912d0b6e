import { planEntry } from '../services/install/plan-entry.ts';
import { planPrepare } from '../services/install/plan-prepare.ts';
import { whatStays } from '../services/install/what-stays.ts';
import { Failure } from '../domain/failure.ts';
import type { EditHook } from '../domain/harness/harness.ts';
import { hintTo } from '../domain/hint.ts';
import type { Plan } from '../domain/plan.ts';
import { shellQuote } from '../domain/text/quote.ts';
import type { Report } from '../domain/report.ts';
import type { InitData } from '../domain/reports/init.ts';
import type { Host } from '../host/host.ts';
import { findHarnesses } from '../services/install/harness/find-harnesses.ts';
import { planHarnessRemoval } from '../services/install/harness/plan-harness-removal.ts';
import { planHarness } from '../services/install/harness/plan-harness.ts';
import { statusesOfAll } from '../services/install/canary/statuses-of-all.ts';
import { type HookFacts, readHookFacts } from '../services/install/hook-facts.ts';
import { planAlias, planHooks } from '../services/install/plan-hooks.ts';
import { planInstructionRemoval, planInstructions } from '../services/install/plan-instructions.ts';
import { planPolicy } from '../services/install/plan-policy.ts';
import { planRemoval } from '../services/install/plan-removal.ts';
import { planWorkflows } from '../services/install/plan-workflows.ts';
import type { PolicySourceName } from '../services/install/propose-policy.ts';
import { reportInit } from '../services/install/report.ts';
import { locateWorktrees } from '../services/layout/locate-worktrees.ts';
import { applyPlan } from '../services/plans/apply.ts';
import { openWorkspace, type Workspace } from '../services/session/workspace.ts';

export interface InitOptions {
  /** Put the guard into the hooks; default true. */
  readonly hooks?: boolean;
  /** Propose an `ownership.yml` where there is none; default true. */
  readonly policy?: boolean;
  /** How many agents to divide the tree among. */
  readonly agents?: number | undefined;
  /** What to propose a policy from; the best source there is by default. */
  readonly from?: PolicySourceName | undefined;
  /** Write the workflows of the gate and the board, which use the Action from here. */
  readonly workflows?: string | undefined;
  /** Set up these harnesses of coding agents: names with commas, or `auto` for those that are found. */
  readonly harness?: string | undefined;
  /** Who answers Claude Code before an edit; as it is by default, and a command at first. */
  readonly editHook?: EditHook | undefined;
  /** The hooks of strict mode, too; they stay until an uninstall. */
  readonly strict?: boolean;
  /** Have an install set up the hooks. */
  readonly prepare?: boolean;
  /** An entry in the configuration of pre-commit or prek, which ends the run when the guard refuses. */
  readonly entry?: boolean;
  /** Put a block into these files that agents read: names with commas, or `auto`; asks by default. */
  readonly instructions?: string | undefined;
  /** Take out what `init` put in. */
  readonly uninstall?: boolean;
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean;
}

/**
 * Makes git run the guard in this repository, the way it already runs its hooks, and proposes a
 * policy. Answers with what git will really run: `undecided` as long as that is not the guard.
 *
 * @throws Failure outside a repository and in a bare one.
 */
export async function runInit(host: Host, options: InitOptions = {}): Promise<Report<InitData>> {
  const workspace = await openWorkTree(host);
  return options.uninstall === true
    ? uninstall(host, workspace, options)
    : install(host, workspace, options);
}

async function install(
  host: Host,
  workspace: Workspace,
  {
    hooks = true,
    policy = true,
    agents,
    from,
    workflows,
    harness,
    editHook,
    strict = false,
    prepare = false,
    entry = false,
    instructions,
    dryRun = false,
  }: InitOptions,
): Promise<Report<InitData>> {
  const ci = await planWorkflows(host, workspace, workflows);
  const before = await readHookFacts(host, workspace, strict && hooks);
  const nothing = { steps: [], snippets: [] };
  const { steps, snippets } = hooks ? await planHooks(host, workspace.repo, before) : nothing;
  const starter = await planPolicy(host, workspace, before, { wanted: policy, agents, from });
  const names = harness === undefined ? [] : findHarnesses(host, before.top, harness);
  const harnesses = await planHarness(host, workspace.repo, before, { names, editHook });
  const alias = hooks || names.length > 0 ? await planAlias(host, workspace.repo, before) : [];
  const hookSteps = prepare ? [...steps, ...planPrepare(before, steps)] : steps;
  const local = entry ? planEntry(before) : nothing;
  const told = await planInstructions(host, before, {
    asked: instructions,
    harnesses: names,
    dryRun,
  });
  const plan = [
    ...alias,
    ...hookSteps,
    ...local.steps,
    ...starter.steps,
    ...ci.steps,
    ...harnesses.steps,
    ...told.steps,
  ];
  const facts = await carryOut(host, workspace, plan, before, dryRun);
  const noted = {
    ...starter,
    notes: [...starter.notes, ...ci.notes, ...harnesses.notes, ...told.notes],
  };
  return reportInit({
    action: 'install',
    dryRun,
    hooks,
    facts,
    statuses: await statusesOfAll(host, hooks ? facts : null),
    plan,
    snippets: [...snippets, ...local.snippets, ...harnesses.snippets],
    complete: local.snippets.length + harnesses.snippets.length === 0,
    local: harnesses.local,
    policy: noted,
  });
}

async function uninstall(
  host: Host,
  workspace: Workspace,
  { dryRun = false }: InitOptions,
): Promise<Report<InitData>> {
  const before = await readHookFacts(host, workspace, true);
  const harness = planHarnessRemoval(host.files, before);
  const told = planInstructionRemoval(host.files, before);
  const plan = [...harness.steps, ...told, ...(await planRemoval(host, workspace.repo, before))];
  const policy = await planPolicy(host, workspace, before, { wanted: false });
  const facts = await carryOut(host, workspace, plan, before, dryRun);
  return reportInit({
    action: 'uninstall',
    dryRun,
    hooks: true,
    facts,
    statuses: await statusesOfAll(host, facts),
    plan,
    snippets: [],
    complete: harness.notes.length === 0,
    left: await whatStays(host, workspace),
    local: harness.steps.map((step) => ('path' in step ? step.path : '')),
    policy: { ...policy, notes: [...policy.notes, ...harness.notes] },
  });
}

/** Does what was planned, and looks again: the answer tells what is, not what should be. */
async function carryOut(
  host: Host,
  workspace: Workspace,
  plan: Plan,
  before: HookFacts,
  dryRun: boolean,
): Promise<HookFacts> {
  if (dryRun || plan.length === 0) return before;
  await applyPlan(host, workspace.repo, plan);
  return readHookFacts(host, workspace);
}

async function openWorkTree(host: Host): Promise<Workspace> {
  const workspace = await openWorkspace(host);
  if (workspace.location.top !== null) return workspace;
  const worktrees = await locateWorktrees(host, workspace);
  const some = worktrees.find(({ bare, missing }) => !bare && !missing);
  throw new Failure(
    'usage',
    'this is a bare repository, or the inside of one: nobody commits here, so no hook is needed',
    some
      ? [hintTo('guard its worktrees', `bailiwick init -C ${shellQuote(some.path)}`)]
      : [hintTo('make one that can be guarded', 'git worktree add <path>')],
  );
}
