import { err, ok, type Result } from '../../domain/result.ts';
import type { Intent } from './intent.ts';
import { type HookPayload, textAt } from './payload.ts';
import { inputAt, readTool, type ToolTable } from './read-tool.ts';

/** The names a harness has for the moments at which hooks run. */
export interface EventNames {
  readonly tool: readonly string[];
  readonly start: readonly string[];
  readonly stop: readonly string[];
}

/** The names of Claude Code, which Codex, Qwen and droid took over. */
export const CLAUDE_EVENTS: EventNames = {
  tool: ['PreToolUse'],
  start: ['SessionStart', 'SubagentStart'],
  stop: ['Stop'],
};

/** Moments at which a hook does the work instead of the harness: Claude Code only. */
const WORKTREE = { create: 'WorktreeCreate', remove: 'WorktreeRemove' } as const;

/**
 * Reads the form that most harnesses share: `hook_event_name`, `cwd`, `tool_name`, `tool_input`, and
 * `stop_hook_active` where a hook has made the turn longer already.
 */
export function readHook(
  tools: ToolTable,
  events: EventNames,
  payload: HookPayload,
): Result<Intent, string> {
  const cwd = textAt(payload, 'cwd');
  const event = textAt(payload, 'hook_event_name', 'hookEventName');
  if (event === null) return err('the payload names no event');
  if (events.start.includes(event)) return ok({ kind: 'session-start', cwd, event });
  if (events.stop.includes(event))
    return ok({ kind: 'stop', cwd, again: payload['stop_hook_active'] === true });
  if (event === WORKTREE.create) {
    const name = textAt(payload, 'name', 'worktree_name');
    return name === null ? err('no name is given') : ok({ kind: 'worktree-create', cwd, name });
  }
  if (event === WORKTREE.remove) {
    const path = textAt(payload, 'worktree_path');
    return path === null ? err('no path is given') : ok({ kind: 'worktree-remove', cwd, path });
  }
  if (!events.tool.includes(event)) return ok({ kind: 'other', cwd });
  const name = textAt(payload, 'tool_name');
  if (name === null) return err('the payload names no tool');
  return readTool(tools, { name, input: inputAt(payload, 'tool_input'), cwd });
}
