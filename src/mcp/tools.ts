import {
  CHECK_TAKES,
  LOCK_TAKES,
  ORDER_TAKES,
  OVERLAP_TAKES,
  OWNER_TAKES,
  REQUEST_TAKES,
  STATUS_TAKES,
  TASK_TAKES,
  WHOAMI_TAKES,
} from './takes.ts';
import { HOOK_TOOL_NAME } from '../domain/harness/harness.ts';
import { defineTool, type Tool } from './tool.ts';

/** Every tool, sorted by name; at most ten, because each costs every request of every client. */
export const TOOLS: readonly Tool[] = [
  defineTool({
    name: 'check',
    description:
      'Judge a change before or after it is made: paths to be edited, what is staged, a branch or a range, as the hooks and CI do.',
    takes: CHECK_TAKES,
    required: [],
    readOnly: true,
    load: async () => (await import('./calls/check.ts')).callCheck,
  }),
  defineTool({
    name: 'lock',
    description:
      'Take, renew, give back or list the locks of shared parts, which must be held to change them.',
    takes: LOCK_TAKES,
    required: ['verb'],
    readOnly: false,
    load: async () => (await import('./calls/lock.ts')).callLock,
  }),
  defineTool({
    name: 'order',
    description: 'The cheapest order to merge open branches, proven and tried in memory.',
    takes: ORDER_TAKES,
    required: [],
    readOnly: true,
    load: async () => (await import('./calls/order.ts')).callOrder,
  }),
  defineTool({
    name: 'overlap',
    description: 'Which open branches conflict with the base or each other, found by real merges.',
    takes: OVERLAP_TAKES,
    required: [],
    readOnly: true,
    load: async () => (await import('./calls/overlap.ts')).callOverlap,
  }),
  defineTool({
    name: 'owner',
    description: 'Who owns paths: which agent, by which rule, and whether you may change them.',
    takes: OWNER_TAKES,
    required: ['paths'],
    readOnly: true,
    load: async () => (await import('./calls/owner.ts')).callOwner,
  }),
  defineTool({
    name: 'request',
    description:
      'Ask the owner of files to take your change to them, or decide what others ask of you.',
    takes: REQUEST_TAKES,
    required: ['verb'],
    readOnly: false,
    load: async () => (await import('./calls/request.ts')).callRequest,
  }),
  defineTool({
    name: 'status',
    description: 'All worktrees and open branches of all agents, and the next step for each.',
    takes: STATUS_TAKES,
    required: [],
    readOnly: true,
    load: async () => (await import('./calls/status.ts')).callStatus,
  }),
  defineTool({
    name: 'task',
    description:
      'Who is to do what: list the tasks of the fleet, start the one you were given, complete it.',
    takes: TASK_TAKES,
    required: ['verb'],
    readOnly: false,
    load: async () => (await import('./calls/task.ts')).callTask,
  }),
  defineTool({
    name: 'whoami',
    description: 'Which agent is acting here, and which files it may change.',
    takes: WHOAMI_TAKES,
    required: [],
    readOnly: true,
    load: async () => (await import('./calls/whoami.ts')).callWhoami,
  }),
];

/** Claude Code calls it before an edit, where its hook is of the form `mcp_tool`. */
export const HOOK_TOOL: Tool = defineTool({
  name: HOOK_TOOL_NAME,
  description: 'What the hook before a tool is answered.',
  takes: {},
  required: [],
  readOnly: true,
  unlisted: true,
  load: async () => (await import('./calls/agent-hook.ts')).callAgentHook,
});

/** What a client tells its model of this server. */
export const INSTRUCTIONS =
  'Several agents share this repository and each may change its own part only. Call check with paths before editing files outside your part, and whoami to see your part.';
