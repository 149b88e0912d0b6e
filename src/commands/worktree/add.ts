import { withRecord } from '../../core/worktrees/registry.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Report } from '../../domain/report.ts';
import type { WorktreeAddData } from '../../domain/reports/worktree.ts';
import type { Host } from '../../host/host.ts';
import { interruptible } from '../../host/signals.ts';
import { type PolicySession, withPolicy } from '../../services/session/session.ts';
import { approveSetup, isApproved } from '../../services/worktrees/add/approve-setup.ts';
import { chooseAgents } from '../../services/worktrees/add/choose-agents.ts';
import { makeWorktree, type Made } from '../../services/worktrees/add/make.ts';
import { type AddRequest, prepare, type Prepared } from '../../services/worktrees/add/prepare.ts';
import { makeProgressBoard } from '../../services/worktrees/add/progress-board.ts';
import { type AddResult, reportAdd } from '../../services/worktrees/add/report.ts';
import { reserveWorktrees } from '../../services/worktrees/add/reserve.ts';
import { guardedWorktrees, hookFacts } from '../../services/worktrees/guarded-worktrees.ts';
import { planRegistry, withRegistryLock } from '../../services/worktrees/registry-file.ts';

export interface WorktreeAddOptions {
  /** Ids or aliases. */
  readonly agents?: readonly string[];
  readonly all?: boolean;
  /** The branch itself, for one agent. */
  readonly branch?: string | undefined;
  /** What the worktree is for, in its branch and path. */
  readonly topic?: string | undefined;
  /** Where new branches begin. */
  readonly base?: string | undefined;
  /** Run the setup commands; default true. */
  readonly setup?: boolean;
  /** The setup commands are approved. */
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Gives each agent a worktree of its own: branch, binding, environment, ports, setup, hooks. Completes
 * one that is there, and changes nothing in it that is right.
 *
 * @throws Failure when it cannot be done for all; nothing has been done by then. What fails later is
 *   taken back for that agent and said in the report.
 */
export function runWorktreeAdd(
  host: Host,
  options: WorktreeAddOptions,
): Promise<Report<WorktreeAddData>> {
  return withPolicy(host, (session) =>
    interruptible(async (signal) => {
      const request = requestOf(session.policy.ownership, options);
      if (options.dryRun === true) return planned(session, request);
      await approve(session, request, options);
      return made(session, request, signal);
    }),
  );
}

function requestOf(ownership: Ownership, options: WorktreeAddOptions): AddRequest {
  const agents = chooseAgents(ownership, options.agents ?? [], options.all === true);
  const { branch, topic, base, setup = true } = options;
  if (branch !== undefined && topic !== undefined)
    throw new Failure('usage', 'use --branch or --topic, not both');
  if (branch !== undefined && agents.length > 1)
    throw new Failure('usage', 'one branch cannot be checked out for several agents', [
      hintTo('name what all of them work on, use --topic <topic>'),
    ]);
  return { agents, branch, topic, base, setup };
}

async function planned(
  session: PolicySession,
  request: AddRequest,
): Promise<Report<WorktreeAddData>> {
  const prepared = await prepare(session, request);
  return report(session, request, prepared, null);
}

/** Asks whether the setup commands may run, after everything else that is in the way was said. */
async function approve(
  session: PolicySession,
  request: AddRequest,
  options: WorktreeAddOptions,
): Promise<void> {
  const { workspace } = session;
  if (!request.setup || isApproved(session)) return;
  const { worktrees } = await withRegistryLock(workspace.location, () => prepare(session, request));
  if (worktrees.every(({ facts }) => facts.setup.length === 0)) return;
  const command = commandLine(options);
  await approveSetup(session, { yes: options.yes === true, command });
}

/** The command that does the same again, for hints. */
function commandLine({ agents = [], all, ...named }: WorktreeAddOptions): string {
  const values = (['branch', 'topic', 'base'] as const).flatMap((name) => {
    const value = named[name];
    return value === undefined ? [] : [`--${name} ${shellQuote(value)}`];
  });
  const chosen = all === true ? ['--all'] : agents.map(shellQuote);
  return ['bailiwick worktree add', ...chosen, ...values].join(' ');
}

async function made(
  session: PolicySession,
  request: AddRequest,
  signal: AbortSignal,
): Promise<Report<WorktreeAddData>> {
  const { host, workspace, policy } = session;
  const { setup } = policy.ownership.worktrees;
  const { prepared, begun } = await withRegistryLock(workspace.location, async () => {
    const ready = await prepare(session, request);
    return { prepared: ready, begun: await reserveWorktrees(session, ready) };
  });
  const { survey, worktrees } = prepared;
  const board = makeProgressBoard(
    host,
    worktrees.map(({ facts }) => facts.agent),
  );
  const making = { session, survey, setup, board, signal };
  const results = await Promise.allSettled(begun.map((each) => makeWorktree(making, each)));
  const outcomes = new Map<string, Made>();
  for (const [index, result] of results.entries()) {
    if (result.status === 'rejected') throw result.reason;
    outcomes.set(worktrees[index]!.facts.path, result.value);
  }
  return report(session, request, prepared, outcomes);
}

async function report(
  session: PolicySession,
  request: AddRequest,
  prepared: Prepared,
  outcomes: ReadonlyMap<string, Made> | null,
): Promise<Report<WorktreeAddData>> {
  const { host, workspace, policy } = session;
  const { survey, worktrees } = prepared;
  const records = worktrees.map(({ record }) => record);
  const reserved = records.reduce(withRecord, survey.registry);
  const there = worktrees.map(({ facts, settled }) => ({
    ...settled.worktree,
    path: facts.path,
    state: 'ready' as const,
  }));
  const failed = (path: string): boolean => outcomes?.get(path)?.outcome === 'failed';
  const looked = outcomes === null ? [] : there.filter(({ path }) => !failed(path));
  const guarded = await guardedWorktrees(host, await hookFacts(session, looked));
  const result: AddResult = {
    policy,
    prepared,
    common: outcomes === null ? planRegistry(host, workspace.location, survey.top, reserved) : [],
    made: outcomes ?? new Map<string, Made>(),
    guarded: (path) => guarded.get(path) ?? null,
    setupWanted: request.setup,
    dryRun: outcomes === null,
  };
  return reportAdd(result);
}
