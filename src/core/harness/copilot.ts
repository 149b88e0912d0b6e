import { err, ok, type Result } from '../../domain/result.ts';
import { blockStop, contextAtTop, denyByOutput } from './answers.ts';
import type { Dialect } from './dialect.ts';
import type { Intent } from './intent.ts';
import { type HookPayload, textAt } from './payload.ts';
import { CLAUDE_EVENTS, readHook } from './read-hook.ts';
import { inputAt, readTool, type ToolTable } from './read-tool.ts';

const FIELDS = ['path', 'file_path', 'filePath', 'files'];

/** Its own names, and the ones it uses when it runs a file of Claude Code. */
const TOOLS: ToolTable = {
  edits: { create: FIELDS, edit: FIELDS, Write: FIELDS, Edit: FIELDS },
  patches: { apply_patch: 'patch', Edit: 'patch' },
  shells: { bash: 'command', powershell: 'command', Bash: 'command', PowerShell: 'command' },
};

/** GitHub Copilot: its own files say `toolName` and `toolArgs`, and the event only by what is there. */
export const copilot: Dialect = {
  read: (payload) =>
    textAt(payload, 'hook_event_name') === null
      ? readOwn(payload)
      : readHook(TOOLS, CLAUDE_EVENTS, payload),
  deny: denyByOutput,
  tell: contextAtTop,
  goOn: blockStop,
};

function readOwn(payload: HookPayload): Result<Intent, string> {
  const cwd = textAt(payload, 'cwd');
  const name = textAt(payload, 'toolName');
  if (name !== null) return readTool(TOOLS, { name, input: inputAt(payload, 'toolArgs'), cwd });
  if (Object.hasOwn(payload, 'toolArgs')) return err('the payload names no tool');
  if (textAt(payload, 'stopReason') !== null) return ok({ kind: 'stop', cwd, again: false });
  if (textAt(payload, 'source', 'agentName') !== null)
    return ok({ kind: 'session-start', cwd, event: 'SessionStart' });
  return textAt(payload, 'sessionId') === null
    ? err('the payload names no session')
    : ok({ kind: 'other', cwd });
}
