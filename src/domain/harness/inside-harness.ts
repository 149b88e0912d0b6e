import type { Environment } from '../repo.ts';

/**
 * What harnesses of coding agents set for the programs they run, and people at a terminal have not set.
 * `CODEX_HOME` is a setting of a person; whatever else begins so comes from a session.
 */
const VARIABLES: readonly RegExp[] = [
  /^CLAUDECODE$/,
  /^CLAUDE_(?:CODE_(?:SESSION|ENTRYPOINT|REMOTE)|PROJECT_DIR|PID)/,
  /^CODEX_(?!HOME$)/,
  /^COPILOT_(?:CLI|PROJECT_DIR|AGENT)/,
  /^CURSOR_(?:AGENT|PROJECT_DIR)/,
  /^(?:GEMINI|QWEN)_(?:CLI|CODE_SESSION_ID|SESSION_ID|PROJECT_DIR|CWD)$/,
  /^(?:FACTORY|DROID)_PROJECT_DIR$/,
  /^OPENCODE$/,
  /^AIDER_/,
];

/** The variable that says that a coding agent runs this; null when none does. */
export const insideHarness = (environment: Environment): string | null =>
  Object.keys(environment)
    .filter((name) => environment[name] !== '' && VARIABLES.some((pattern) => pattern.test(name)))
    .sort()[0] ?? null;
