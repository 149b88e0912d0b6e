import type { CommandDefinition, CommandGroup } from './definition.ts';

export interface TableEntry {
  readonly name: string;
  readonly summary: string;
  /** Commands load only when they run, so that `--help` starts at once. */
  load(): Promise<{ readonly default: CommandDefinition | CommandGroup }>;
}

/** Every command, sorted by name; a test keeps it so, and parallel branches merge. */
export const COMMANDS: readonly TableEntry[] = [
  {
    name: 'agent-hook',
    summary: "answer a hook of a coding agent's harness, before an edit and at the start",
    load: () => import('./commands/agent-hook.ts'),
  },
  {
    name: 'check',
    summary: 'judge what is staged, a branch, a range or paths, as the hooks and CI do',
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'clean',
    summary: 'name and remove what has landed: worktrees, branches, locks',
    load: () => import('./commands/clean.ts'),
  },
  {
    name: 'codeowners',
    summary: 'write CODEOWNERS from the policy, so that the host asks the right people',
    load: () => import('./commands/codeowners.ts'),
  },
  {
    name: 'demo',
    summary: 'play the main job in a scratch repository: real commits, real blocks',
    load: () => import('./commands/demo.ts'),
  },
  {
    name: 'doctor',
    summary: 'what git really runs in every worktree, tried out, and what is wrong',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'handoff',
    summary: "run an agent's checks, so that those that come after it may begin",
    load: () => import('./commands/handoff.ts'),
  },
  {
    name: 'hook',
    summary: 'run one git hook, for hook managers that start commands',
    load: () => import('./commands/hook.ts'),
  },
  {
    name: 'init',
    summary: 'make git run the guard here, and propose an ownership.yml',
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'land',
    summary: 'land branches in the proven order, each validated as what the base becomes',
    load: () => import('./commands/land.ts'),
  },
  {
    name: 'lint',
    summary: 'everything that is wrong with ownership.yml, at once',
    load: () => import('./commands/lint.ts'),
  },
  {
    name: 'lock',
    summary: 'take, renew, give back or list the locks of shared parts',
    load: () => import('./commands/lock.ts'),
  },
  {
    name: 'mcp',
    summary: 'serve these answers to a coding agent as tools, by MCP',
    load: () => import('./commands/mcp.ts'),
  },
  {
    name: 'order',
    summary: 'the cheapest order to merge branches, proven and tried in memory',
    load: () => import('./commands/order.ts'),
  },
  {
    name: 'overlap',
    summary: 'which branches conflict with the base or each other, found by real merges',
    load: () => import('./commands/overlap.ts'),
  },
  {
    name: 'owner',
    summary: 'who owns a path: the rule, the agent, the reason, what to do',
    load: () => import('./commands/owner.ts'),
  },
  {
    name: 'page',
    summary: 'a page to look at: who owns what, what conflicts, what lands when',
    load: () => import('./commands/page.ts'),
  },
  {
    name: 'report',
    summary: 'what the fleet achieved: landings, waits, and what became of the rest',
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'request',
    summary: 'ask the owners of files for a change, and answer such requests',
    load: () => import('./commands/request.ts'),
  },
  {
    name: 'status',
    summary: 'the fleet on one screen, and the next step for each',
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'sync',
    summary: 'sync the locks and requests of this clone with the remote',
    load: () => import('./commands/sync.ts'),
  },
  {
    name: 'task',
    summary: 'who works on what: assign, start, complete and list tasks',
    load: () => import('./commands/task.ts'),
  },
  {
    name: 'test',
    summary: "run agents' checks in their worktrees, side by side within the machine",
    load: () => import('./commands/test.ts'),
  },
  {
    name: 'whoami',
    summary: 'who is acting here, how that is known, and what they may change',
    load: () => import('./commands/whoami.ts'),
  },
  {
    name: 'worktree',
    summary: 'one worktree for each agent, with environment, ports and setup',
    load: () => import('./commands/worktree.ts'),
  },
];
