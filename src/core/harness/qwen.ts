import { blockStop, contextOf, denyByCode } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { CLAUDE_EVENTS, readHook } from './read-hook.ts';
import type { ToolTable } from './read-tool.ts';

const FIELDS = ['file_path', 'notebook_path'];

const TOOLS: ToolTable = {
  edits: { write_file: FIELDS, edit: FIELDS, notebook_edit: FIELDS },
  patches: {},
  shells: { run_shell_command: 'command' },
};

/** Qwen Code: the tools of Gemini CLI with the events of Claude Code. */
export const qwen: Dialect = {
  read: (payload) => readHook(TOOLS, CLAUDE_EVENTS, payload),
  deny: denyByCode,
  tell: contextOf,
  goOn: blockStop,
};
