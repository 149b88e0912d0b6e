import { contextOf, denyByCode, denyStop } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { readHook } from './read-hook.ts';
import type { ToolTable } from './read-tool.ts';

const TOOLS: ToolTable = {
  edits: { write_file: ['file_path'], replace: ['file_path'] },
  patches: {},
  shells: { run_shell_command: 'command' },
};

/** Gemini CLI. Its paths may be relative. */
export const gemini: Dialect = {
  read: (payload) =>
    readHook(
      TOOLS,
      { tool: ['BeforeTool'], start: ['SessionStart'], stop: ['AfterAgent'] },
      payload,
    ),
  deny: denyByCode,
  tell: contextOf,
  goOn: denyStop,
};
