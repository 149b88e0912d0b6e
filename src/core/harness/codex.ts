import { blockStop, contextOf, denyByCode } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { CLAUDE_EVENTS, readHook } from './read-hook.ts';
import type { ToolTable } from './read-tool.ts';

/** `apply_patch` typed in a shell comes as `Bash`; see `shell-writes`. */
const TOOLS: ToolTable = {
  edits: {},
  patches: { apply_patch: 'command' },
  shells: { Bash: 'command' },
};

/**
 * OpenAI Codex. Of its answers only a refusal with a reason refuses: `ask`, an explicit `allow`, and
 * keys it does not know with exit code 0 are failures there, and the tool runs.
 */
export const codex: Dialect = {
  read: (payload) => readHook(TOOLS, CLAUDE_EVENTS, payload),
  deny: denyByCode,
  tell: contextOf,
  goOn: blockStop,
};
