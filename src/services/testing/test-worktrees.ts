import type { Agent } from '../../domain/ownership.ts';
import { branchOf } from '../../domain/refs.ts';
import type { TestedWorktree, TestRun } from '../../domain/reports/handoff.ts';
import type { ValidationEvent } from '../../domain/validation.ts';
import { validationLogs } from '../../git/worktree/state-paths.ts';
import { groupUsage } from '../../host/machine/group-usage.ts';
import { pause } from '../../host/pause.ts';
import type { LocatedWorktree } from '../layout/locate-worktrees.ts';
import type { PolicySession } from '../session/session.ts';
import { runValidation } from '../validation/run-validation.ts';
import { agentEnvironment } from '../worktrees/agent-environment.ts';
import { type Machine, MachineBudget, type OwnClaim } from './machine-budget.ts';
import type { RunningTest } from './running-tests.ts';

/** The commands of one agent, for what is checked out in one worktree. */
export interface TestJob {
  readonly agent: Agent;
  readonly worktree: LocatedWorktree;
}

export interface TestOptions {
  readonly machine: Machine;
  /** Ends what runs, and begins nothing more. */
  readonly signal: AbortSignal;
  /** Told several times a second what goes on. */
  readonly onLook: (tests: readonly RunningTest[]) => void;
}

/** Milliseconds between two looks at the machine. */
const EACH = 100;

/**
 * Runs the commands of several worktrees side by side, as many as the machine has room for. What was red while
 * anything else ran is run again alone before it is believed.
 *
 * @throws Failure when the machine's claims cannot be kept
 */
export async function testWorktrees(
  session: PolicySession,
  jobs: readonly TestJob[],
  { machine, signal, onLook }: TestOptions,
): Promise<TestedWorktree[]> {
  const budget = new MachineBudget(session.host, machine);
  const failed = new AbortController();
  const ended = AbortSignal.any([signal, failed.signal]);
  const tests = jobs.map((job) => new Test(session, job, budget, ended));
  const all = Promise.all(tests.map((test) => test.run()));
  let isOver = false;
  const over = (): void => void (isOver = true);
  all.then(over, over);
  try {
    while (!isOver) {
      for (const test of tests) test.measure();
      await budget.look();
      onLook(tests.map(({ seen }) => seen));
      await pause(EACH);
    }
  } catch (error) {
    // Who cannot look lets nobody begin, so nothing would ever end.
    failed.abort(error);
    await all.catch(() => undefined);
    throw error;
  }
  onLook(tests.map(({ seen }) => seen));
  return all;
}

class Test {
  readonly seen: RunningTest;
  readonly #session: PolicySession;
  readonly #job: TestJob;
  readonly #budget: MachineBudget;
  readonly #signal: AbortSignal;
  #claim: OwnClaim | null = null;

  constructor(session: PolicySession, job: TestJob, budget: MachineBudget, signal: AbortSignal) {
    this.#session = session;
    this.#job = job;
    this.#budget = budget;
    this.#signal = signal;
    this.seen = {
      agent: job.agent.id,
      path: job.worktree.path,
      state: 'waits',
      waits: null,
      alone: false,
      since: session.host.now(),
      ...NOTHING,
    };
  }

  async run(): Promise<TestedWorktree> {
    const first = await this.#once(false);
    const doubtful = first.verdict === 'fail' && !first.alone && !this.#signal.aborted;
    const runs = doubtful ? [first, await this.#once(true)] : [first];
    const { verdict, reason } = runs.at(-1)!;
    this.#become(verdict);
    const { agent, worktree } = this.#job;
    const { path, ref, head } = worktree;
    const branch = ref === null ? null : branchOf(ref);
    return { agent: agent.id, path, branch, commit: head, verdict, reason, runs };
  }

  /** What the commands use at this moment. */
  measure(): void {
    const { seen } = this;
    if (this.#claim !== null) seen.waits = this.#claim.waits;
    const usage = seen.group === null ? null : groupUsage(new Set([seen.group]));
    if (usage === null || this.#claim === null) return;
    seen.cpu = Math.max(seen.cpu ?? 0, seen.ended + usage.cpu);
    seen.memory = usage.memory;
    seen.peak = Math.max(seen.peak ?? 0, usage.memory);
    this.#claim.used = usage.memory;
  }

  async #once(alone: boolean): Promise<TestRun> {
    const { host } = this.#session;
    const began = host.now();
    Object.assign(this.seen, NOTHING, { alone });
    this.#become('waits');
    const claim = this.#budget.claim(this.#job.agent.needs, alone);
    this.#claim = claim;
    try {
      while (!claim.begun && !this.#signal.aborted) await pause(EACH / 10);
      const waited = host.now() - began;
      this.#become('runs');
      const { verdict, reason, runs } = await this.#validate(alone);
      const { cpu, peak } = this.seen;
      const milliseconds = host.now() - began - waited;
      return {
        ...{ alone: !claim.contended, verdict, reason, waited, milliseconds },
        ...{ cpu, memory: peak, commands: runs },
      };
    } finally {
      this.#claim = null;
      await this.#budget.release(claim);
    }
  }

  #validate(alone: boolean) {
    const { host, policy, workspace } = this.#session;
    const { agent, worktree } = this.#job;
    const purpose = `test-${agent.id}-${worktree.id ?? 'main'}${alone ? '-alone' : ''}`;
    return runValidation(host.files, {
      commands: agent.validate,
      directory: worktree.path,
      environment: agentEnvironment(this.#session, agent, worktree.path),
      timeout: policy.ownership.validation.timeout,
      logs: validationLogs(workspace.location, purpose),
      watched: worktree,
      signal: this.#signal,
      onEvent: (event) => this.#heard(event),
    });
  }

  #heard(event: ValidationEvent): void {
    const { seen } = this;
    if (event.kind === 'begin')
      Object.assign(seen, { group: event.group, command: event.text, line: '' });
    else if (event.kind === 'line') seen.line = event.line;
    else Object.assign(seen, { group: null, ended: seen.cpu ?? 0 });
  }

  #become(state: RunningTest['state']): void {
    this.seen.state = state;
    this.seen.since = this.#session.host.now();
  }
}

const NOTHING = {
  ...{ ended: 0, cpu: null, memory: null, peak: null, group: null },
  ...{ command: '', line: '' },
};
