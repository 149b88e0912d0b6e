import { blockStop, contextOf, denyByCode } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { CLAUDE_EVENTS, readHook } from './read-hook.ts';
import type { ToolTable } from './read-tool.ts';

/** `filePath` and `files` are what VS Code says when it runs hooks of a Claude file. */
const FIELDS = ['file_path', 'notebook_path', 'path', 'filePath', 'files'];

/** Also the tools of VS Code and Cursor, which read the same file. */
const TOOLS: ToolTable = {
  edits: {
    Write: FIELDS,
    Edit: FIELDS,
    MultiEdit: [...FIELDS, 'edits'],
    NotebookEdit: FIELDS,
    Delete: FIELDS,
    create_file: FIELDS,
    replace_string_in_file: FIELDS,
    insert_edit_into_file: FIELDS,
    multi_replace_string_in_file: [...FIELDS, 'replacements'],
    editFiles: FIELDS,
  },
  patches: { apply_patch: 'input' },
  shells: {
    Bash: 'command',
    PowerShell: 'command',
    Monitor: 'command',
    Shell: 'command',
    run_in_terminal: 'command',
  },
};

/** Claude Code, and the files of Claude Code that are run by somebody else. */
export const claude: Dialect = {
  read: (payload) => readHook(TOOLS, CLAUDE_EVENTS, payload),
  deny: denyByCode,
  tell: contextOf,
  goOn: blockStop,
};
