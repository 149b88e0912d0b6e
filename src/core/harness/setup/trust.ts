import type { HarnessName } from '../../../domain/harness/harness.ts';

/** Where a person still has to say yes before a harness runs the hooks; nobody else can. */
export const TRUST: Readonly<Record<HarnessName, string>> = {
  claude:
    'Claude Code runs the hooks once the folder is trusted, which it asks for by itself; it also asks whether the server in .mcp.json may start',
  codex:
    'Codex passes over hooks that are not trusted, without a word: type /hooks in Codex and trust them, here and after each change of .codex/hooks.json',
  copilot:
    'Copilot passes over the hooks in a folder that is not trusted, without a word: start it in each worktree once and trust the folder',
  cursor: 'Cursor runs the hooks in a workspace that is trusted',
  droid: 'droid runs the hooks as they are; nothing is left to be trusted',
  gemini:
    'Gemini CLI asks whether the folder and its hooks are trusted, and runs nothing before that',
  opencode: 'opencode loads the plugin as it is; nothing is left to be trusted',
  qwen: 'Qwen Code runs the hooks in a folder that is trusted',
};

/** The hook that is answered by the server, and nothing else, needs the server. */
export const SERVER_TRUST =
  'Claude Code refuses every edit and every shell command as long as the server in .mcp.json is not allowed or does not run';
