import { diagnoseHarness } from '../core/harness/setup/diagnose-harness.ts';
import { diagnoseConfigHooks } from '../core/install/config-hooks.ts';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { describePlan, type Plan } from '../domain/plan.ts';
import { type Report, reportOf } from '../domain/report.ts';
import {
  type Diagnosis,
  DIAGNOSIS_CODES,
  type DoctorData,
  type WorktreeHealth,
} from '../domain/reports/doctor.ts';
import { ObjectReader } from '../git/objects/object-reader.ts';
import { readGitVersion } from '../git/process/version.ts';
import { locateRepository } from '../git/worktree/locate.ts';
import type { Host } from '../host/host.ts';
import { readVersion } from '../host/version.ts';
import { readWorktreeHealth } from '../services/doctor/read-worktree-health.ts';
import { diagnoseLeftovers } from '../services/doctor/diagnose-leftovers.ts';
import { diagnoseWorktrees } from '../services/doctor/diagnose-worktrees.ts';
import { diagnoseGitLocks, gitLocks } from '../services/doctor/git-locks.ts';
import { planRepair } from '../services/doctor/plan-repair.ts';
import { examineHooks } from '../services/doctor/examine-hooks.ts';
import { type PolicyReading, readPolicyHealth } from '../services/doctor/policy-health.ts';
import { readHarnessHealth } from '../services/harness/read-harness-health.ts';
import { type HookFacts, readHookFacts } from '../services/install/hook-facts.ts';
import { locateWorktrees } from '../services/layout/locate-worktrees.ts';
import { applyPlan } from '../services/plans/apply.ts';
import { openWorkspace, type Workspace } from '../services/session/workspace.ts';

export interface DoctorOptions {
  /** Repair what is ours. */
  readonly fix?: boolean;
  readonly dryRun?: boolean;
}

/**
 * What git really runs in every worktree, proven by starting it, and everything else that keeps the guard
 * from working: refused while there are faults.
 *
 * @throws Failure where it cannot look: outside a repository, and where there is no work tree.
 */
export async function runDoctor(
  host: Host,
  { fix = false, dryRun = false }: DoctorOptions = {},
): Promise<Report<DoctorData>> {
  const workspace = await openSomeWorkTree(host);
  const first = await examine(host, workspace);
  const plan = fix ? await planRepair(host, workspace, first.facts, first.diagnoses) : [];
  const change = plan.length > 0 && !dryRun;
  if (change) await applyPlan(host, workspace.repo, plan);
  return report(host, change ? await examine(host, workspace) : first, plan, dryRun);
}

/** Everything that was seen. */
interface Examination {
  readonly facts: HookFacts;
  readonly worktrees: readonly WorktreeHealth[];
  readonly policy: PolicyReading;
  readonly git: string;
  readonly diagnoses: readonly Diagnosis[];
}

async function examine(host: Host, workspace: Workspace): Promise<Examination> {
  const reader = new ObjectReader(workspace.repo);
  try {
    const located = await locateWorktrees(host, workspace);
    const common = workspace.location.commonDirectory;
    const locked = gitLocks(host, common, located);
    const [facts, policy, git] = await Promise.all([
      readHookFacts(host, workspace),
      readPolicyHealth(host, workspace, reader),
      readGitVersion(workspace.repo),
    ]);
    const { worktrees, broken } = await readWorktreeHealth(host, facts, located, policy.policy);
    const others = await diagnoseLeftovers(host, workspace, policy.policy);
    const still = gitLocks(host, common, located).filter(({ path }) =>
      locked.some((each) => each.path === path),
    );
    const hooks = await examineHooks(host, workspace, facts, worktrees);
    const harness = diagnoseHarness(readHarnessHealth(host, facts));
    const all = [
      ...hooks,
      ...diagnoseConfigHooks(facts.configHooks, git),
      ...policy.diagnoses,
      ...others,
      ...diagnoseWorktrees(host.files, located, broken, policy.policy),
      ...harness,
      ...diagnoseGitLocks(still),
    ];
    return { facts, worktrees, policy, git: git.text, diagnoses: inOrder(all) };
  } finally {
    await reader.close();
  }
}

/** Faults first; among each the codes in their order, which keeps what belongs together. */
function inOrder(diagnoses: readonly Diagnosis[]): Diagnosis[] {
  const rank = ({ code, severity }: Diagnosis): number =>
    (severity === 'fault' ? 0 : DIAGNOSIS_CODES.length) + DIAGNOSIS_CODES.indexOf(code);
  return [...diagnoses].sort((a, b) => rank(a) - rank(b));
}

function report(
  host: Host,
  { facts, worktrees, policy, git, diagnoses }: Examination,
  plan: Plan,
  dryRun: boolean,
): Report<DoctorData> {
  const faults = diagnoses.filter(({ severity }) => severity === 'fault');
  const blind = faults.some(({ code }) => code === 'hook-unproven');
  const { packageDirectory } = host;
  return reportOf('doctor', {
    verdict: blind ? 'undecided' : faults.length > 0 ? 'refused' : 'allowed',
    agent: worktrees.find(({ here }) => here)?.agent ?? null,
    policy: policy.policy?.source ?? null,
    findings: [],
    data: {
      manager: facts.manager,
      program: { version: readVersion(packageDirectory), home: packageDirectory, git },
      worktrees,
      policy: policy.health,
      remotes: policy.remotes,
      diagnoses,
      steps: describePlan(plan),
      dryRun,
      now: host.now(),
    },
  });
}

/** A bare repository is looked at from one of its worktrees. */
async function openSomeWorkTree(host: Host): Promise<Workspace> {
  const workspace = await openWorkspace(host);
  if (workspace.location.top !== null) return workspace;
  const worktrees = await locateWorktrees(host, workspace);
  const some = worktrees.find(({ bare, missing }) => !bare && !missing);
  if (some === undefined)
    throw new Failure(
      'usage',
      'this is a bare repository, or the inside of one: nobody commits here',
      [hintTo('make a worktree that can be looked at', 'git worktree add <path>')],
    );
  return { repo: some.repo, location: await locateRepository(some.repo) };
}
