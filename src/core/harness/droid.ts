import { blockStop, contextOf, denyByCode } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { CLAUDE_EVENTS, readHook } from './read-hook.ts';
import type { ToolTable } from './read-tool.ts';

const FIELDS = ['file_path', 'path'];

/** Nobody has seen the payload of `ApplyPatch`; all that is certain is that it holds a patch. */
const TOOLS: ToolTable = {
  edits: { Create: FIELDS, Edit: FIELDS, MultiEdit: [...FIELDS, 'edits'] },
  patches: { ApplyPatch: 'input' },
  shells: { Execute: 'command' },
};

/** Factory droid. */
export const droid: Dialect = {
  read: (payload) => readHook(TOOLS, CLAUDE_EVENTS, payload),
  deny: denyByCode,
  tell: contextOf,
  goOn: blockStop,
};
