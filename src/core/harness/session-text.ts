import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Lease } from '../../domain/lock.ts';
import type { Glob, Ownership, SharedPart } from '../../domain/ownership.ts';
import type { BranchName } from '../../domain/refs.ts';
import type { WaitingRequest } from '../../domain/reports/request.ts';
import type { TaskNow } from '../../domain/reports/task.ts';
import { hintLine } from './hint-line.ts';
import { grantLines } from './grant-lines.ts';
import { inboxLines } from './inbox-lines.ts';
import { taskLines } from './task-lines.ts';
import { visible } from './refusal-text.ts';

/** What is known when a session starts. */
export interface SessionFacts {
  readonly ownership: Ownership;
  /** Where the policy was read from: `origin/main`. */
  readonly source: string;
  /** Null for someone who is no agent. */
  readonly agent: AgentId | null;
  readonly worktree: string;
  readonly branch: BranchName | null;
  /** The leases that are in force, by the name of the lock. */
  readonly held: ReadonlyMap<string, Lease>;
  /** Requests that wait, and grants that run. */
  readonly waiting: readonly WaitingRequest[];
  /** What each agent works on, or is to begin with. */
  readonly tasks: readonly TaskNow[];
  /** How bailiwick is started there. */
  readonly program: string;
}

/** Harnesses cut context at about 10,000 characters; a list of globs may be longer than that. */
const MOST_GLOBS = 40;

/**
 * What an agent is told when its session starts: facts about the checkout, not orders, because a
 * harness may take commands in the output of a hook for an attack.
 */
export function sessionText(facts: SessionFacts): string {
  const { ownership, agent: id, branch, source, worktree, program } = facts;
  const commands = COMMANDS.map((hint) => hintLine(hint, program));
  const on = branch === null ? '' : `, on the branch ${branch}`;
  const agent = id === null ? undefined : ownership.agents.get(id);
  const head = `This repository is guarded by ownership.yml of ${source}.`;
  if (agent === undefined)
    return visibleLines([
      `${head} This checkout (${worktree}${on}) belongs to no agent of the policy.`,
      ...commands,
    ]);
  const title = agent.title === null ? '' : ` (${agent.title})`;
  return visibleLines([
    `${head} This checkout (${worktree}${on}) belongs to the agent ${agent.id}${title}.`,
    `${agent.id} may change: ${globs(agent.owns)}${agent.except.length > 0 ? `; but not ${globs(agent.except)}` : ''}.`,
    ...reservedLines(ownership, agent.id),
    ...ownership.shared
      .filter(({ agents }) => agents.includes(agent.id))
      .map((part) => sharedLine(part, agent.id, facts)),
    ...(agent.forbidden.length > 0
      ? [`${agent.id} may never change: ${globs(agent.forbidden)}.`]
      : []),
    ...(ownership.frozen.length > 0
      ? [`Frozen for every agent: ${globs(ownership.frozen)}, and hooks, CI and agent settings.`]
      : []),
    ...taskLines(agent.id, facts.tasks, program),
    ...inboxLines(agent.id, facts.waiting, program),
    ...grantLines(agent.id, facts.waiting),
    'A change outside of that is refused before the edit where it is seen, and at the commit.',
    ...commands,
  ]);
}

const COMMANDS = [
  hintTo('see whose a path is', 'bailiwick owner <path>'),
  hintTo('judge paths before changing them', 'bailiwick check --paths <path>...'),
  hintTo('see who acts here and what it may change', 'bailiwick whoami'),
];

function reservedLines({ reserved }: Ownership, id: AgentId): string[] {
  const own = reserved.filter(({ agents }) => agents.includes(id));
  return own.map(
    ({ name, paths }) => `${id} may change, though reserved (${name}): ${globs(paths)}.`,
  );
}

function sharedLine(
  { name, paths, lock }: SharedPart,
  id: AgentId,
  { held, program }: SessionFacts,
): string {
  const lease = held.get(name) ?? null;
  const what = `Shared (${name}): ${globs(paths)}`;
  if (lock === 'none') return `${what}; ${id} may change it.`;
  const how = lock === 'required' ? 'needs its lock' : 'should hold its lock';
  if (lease === null) {
    const take = hintTo('take it', `bailiwick lock acquire ${name}`);
    return `${what}; a change ${how}, which is free. ${hintLine(take, program)}`;
  }
  const until = new Date(lease.expires).toISOString().replace(/\.\d+Z$/, 'Z');
  const whose = lease.holder === id ? `${id} itself holds` : `${lease.holder} holds`;
  return `${what}; a change ${how}, which ${whose} until ${until}.`;
}

const globs = (list: readonly Glob[]): string => {
  const shown = list.slice(0, MOST_GLOBS).map(({ text }) => text);
  if (shown.length === 0) return 'nothing';
  const more = list.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
};

const visibleLines = (lines: readonly string[]): string => lines.map(visible).join('\n');
