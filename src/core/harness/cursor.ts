import { err, ok, type Result } from '../../domain/result.ts';
import { contextOfCursor, denyByCode, followUp } from './answers.ts';
import type { Dialect } from './dialect.ts';
import type { Intent } from './intent.ts';
import { type HookPayload, textAt } from './payload.ts';
import { type EventNames, readHook } from './read-hook.ts';
import type { ToolTable } from './read-tool.ts';

const FIELDS = ['file_path', 'path'];

const TOOLS: ToolTable = {
  edits: { Write: FIELDS, Edit: FIELDS, Delete: FIELDS },
  patches: {},
  shells: { Shell: 'command', Bash: 'command' },
};

/** Also the names of Claude Code, whose files Cursor reads. */
const EVENTS: EventNames = {
  tool: ['preToolUse', 'PreToolUse'],
  start: ['sessionStart', 'SessionStart'],
  stop: ['stop', 'Stop'],
};

/** Cursor, in the editor and on the command line. From its documentation; never run here. */
export const cursor: Dialect = {
  read: (payload) =>
    textAt(payload, 'hook_event_name') === 'beforeShellExecution'
      ? readShell(payload)
      : readHook(TOOLS, EVENTS, withCwd(payload)),
  deny: denyByCode,
  tell: contextOfCursor,
  goOn: followUp,
};

function readShell(payload: HookPayload): Result<Intent, string> {
  const command = textAt(payload, 'command');
  if (command === null) return err('beforeShellExecution has no command');
  return ok({ kind: 'shell', cwd: textAt(withCwd(payload), 'cwd'), command });
}

/** Only some of its events say a directory; the first root is where the session began. */
function withCwd(payload: HookPayload): HookPayload {
  if (textAt(payload, 'cwd') !== null) return payload;
  const roots = payload['workspace_roots'];
  const first: unknown = Array.isArray(roots) ? roots[0] : undefined;
  return typeof first === 'string' ? { ...payload, cwd: first } : payload;
}
