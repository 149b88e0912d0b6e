import type { EditHook } from '../../../domain/harness/harness.ts';
import type { HarnessFile } from './harness-file.ts';
import { hookGroups, listed, TIMEOUT } from './hook-groups.ts';
import { HOOK_COMMAND, type JsonEntry } from './json-entries.ts';
import { SERVER_HOOK, SERVER_HOOK_INPUT } from './server-hook.ts';

const TOOLS = 'Edit|MultiEdit|Write|NotebookEdit|Bash|PowerShell|Monitor';

/** Seconds; a worktree has its setup commands. */
const LONG_TIMEOUT = 900;

/**
 * Where the agent has gone does not matter: the alias is looked up where the session began. Without
 * the variable, as in other programs that read the file, that is where the hook is started.
 */
const COMMAND = `git -C "\${CLAUDE_PROJECT_DIR:-.}" ${HOOK_COMMAND} claude`;

/** Claude Code alone can be told to refuse when the hook before a tool fails or takes too long. */
const CLOSED = { timeout: TIMEOUT, onFailure: 'block' } as const;

const FORMS: Readonly<Record<EditHook, unknown>> = {
  command: { matcher: TOOLS, hooks: [{ type: 'command', command: COMMAND, ...CLOSED }] },
  server: {
    matcher: TOOLS,
    hooks: [{ type: 'mcp_tool', ...SERVER_HOOK, input: SERVER_HOOK_INPUT, ...CLOSED }],
  },
};

/** @param form null for what is there already, or else a command */
const beforeTool = (form: EditHook | null): JsonEntry => ({
  ...listed('PreToolUse', FORMS[form ?? 'command']),
  ...(form === null && { or: FORMS.server }),
});

/**
 * The hooks of Claude Code.
 *
 * @param form who answers before an edit; null leaves it as it is, and is a command where nothing is there
 */
export const claudeHooks = (form: EditHook | null): HarnessFile => ({
  path: '.claude/settings.local.json',
  place: 'main',
  content: {
    kind: 'json',
    comments: false,
    entries: [
      beforeTool(form),
      ...hookGroups(
        { SessionStart: null, SubagentStart: null, Stop: null },
        { command: COMMAND, timeout: TIMEOUT },
      ),
      ...hookGroups(
        { WorktreeCreate: null, WorktreeRemove: null },
        { command: COMMAND, timeout: LONG_TIMEOUT },
      ),
    ],
  },
});
