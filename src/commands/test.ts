import { machineRoom } from '../core/validation/machine-room.ts';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { agentOf as agentOfIdentity } from '../domain/identity.ts';
import type { AgentId } from '../domain/ids.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { TestData, TestedWorktree } from '../domain/reports/handoff.ts';
import { shellQuote } from '../domain/text/quote.ts';
import type { Host } from '../host/host.ts';
import { machineDirectory } from '../host/machine/machine-directory.ts';
import { machineFacts } from '../host/machine/machine-facts.ts';
import { interruptible } from '../host/signals.ts';
import { agentOf } from '../services/layout/agent-of.ts';
import { locateWorktrees } from '../services/layout/locate-worktrees.ts';
import { identify } from '../services/session/identify.ts';
import { namedAgent } from '../services/session/named-agent.ts';
import { type PolicySession, withPolicy } from '../services/session/session.ts';
import { testNotes } from '../services/testing/test-notes.ts';
import { type TestJob, testWorktrees } from '../services/testing/test-worktrees.ts';
import { approveCommands } from '../services/validation/approve-commands.ts';
import { validateCommands } from '../services/validation/validate-commands.ts';

export interface TestCommandOptions {
  /** Ids or other names; none: the one that acts here. */
  readonly agents: readonly string[];
  readonly all?: boolean;
  /** The commands may run. */
  readonly yes?: boolean;
}

/**
 * Runs the `validate` of agents in their worktrees, side by side within what the machine has. Nothing is recorded:
 * what is not committed is tested as well.
 *
 * @throws Failure when there is nothing to run, nobody approves the commands, or this was ended
 */
export function runTest(host: Host, options: TestCommandOptions): Promise<Report<TestData>> {
  return withPolicy(host, async (session) => {
    const { policy } = session;
    const agents = wantedAgents(session, options);
    const located = await locateWorktrees(host, session.workspace);
    const notices: string[] = [];
    const jobs = agents.flatMap((id): TestJob[] => {
      const agent = policy.ownership.agents.get(id)!;
      const own = located.filter(
        ({ bare, missing, binding, ref }) =>
          !bare && !missing && agentOf(policy, binding, ref) === id,
      );
      const why = agent.validate.length === 0 ? 'commands to pass' : 'worktree here';
      if (agent.validate.length === 0 || own.length === 0) {
        if (options.all !== true) throw nothingToRun(id, why);
        notices.push(`${id} has no ${why}, and is left out`);
        return [];
      }
      return own.map((worktree) => ({ agent, worktree }));
    });
    if (jobs.length === 0) throw nothingAtAll(notices);
    const sets = [...new Set(jobs.map(({ agent }) => agent))].map(validateCommands);
    await approveCommands(session, sets, { yes: options.yes === true, command: typed(options) });
    const machine = {
      directory: machineDirectory(),
      room: (used: number) => machineRoom(machineFacts(), used),
    };
    const room = machine.room(0);
    const worktrees = await interruptible((signal) =>
      testWorktrees(session, jobs, { machine, signal, onLook: testNotes(host) }),
    );
    const stopped = worktrees
      .flatMap(({ runs }) => runs.flatMap(({ commands }) => commands))
      .find((each) => each.stopped !== null)?.stopped;
    if (stopped) throw new Failure('io', stopped);
    return reportOf('test', {
      agent: null,
      policy: policy.source,
      findings: [],
      verdict: verdictOf(worktrees),
      data: { room, worktrees, notices: [...policy.notices, ...notices] },
    });
  });
}

/** Red where anything is: what could not be decided does not hide it. */
function verdictOf(worktrees: readonly TestedWorktree[]): 'allowed' | 'refused' | 'undecided' {
  if (worktrees.some(({ verdict }) => verdict === 'fail')) return 'refused';
  return worktrees.every(({ verdict }) => verdict === 'pass') ? 'allowed' : 'undecided';
}

function wantedAgents(session: PolicySession, { agents, all }: TestCommandOptions): AgentId[] {
  const { ownership } = session.policy;
  if (all === true && agents.length > 0)
    throw new Failure('usage', 'name agents or give --all, not both');
  if (all === true) return [...ownership.agents.keys()];
  if (agents.length > 0) return [...new Set(agents.map((name) => namedAgent(session, name)))];
  const acting = agentOfIdentity(identify(session, {}));
  if (acting !== null) return [acting];
  throw new Failure('usage', 'no agent is acting here, so nothing says whose commands to run', [
    hintTo('test what all agents have checked out', 'bailiwick test --all'),
  ]);
}

const typed = ({ agents, all }: TestCommandOptions): string =>
  ['bailiwick test', ...(all === true ? ['--all'] : agents.map(shellQuote))].join(' ');

const nothingToRun = (id: AgentId, why: string): Failure =>
  new Failure('usage', `${id} has no ${why}, so there is nothing to test`, [
    why.startsWith('worktree')
      ? hintTo('make one', `bailiwick worktree add ${id}`)
      : hintTo(`give it some, write agents.${id}.validate in ownership.yml on the base`),
  ]);

const nothingAtAll = (notices: readonly string[]): Failure =>
  new Failure('usage', `there is nothing to test: ${notices.join('; ')}`, [
    hintTo('give agents some, write agents.<id>.validate in ownership.yml on the base'),
    hintTo('see the worktrees of agents', 'bailiwick worktree list'),
  ]);
