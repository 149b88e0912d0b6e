import type { HarnessName } from '../../domain/harness/harness.ts';
import type { Environment } from '../../domain/repo.ts';
import { type HookPayload, textAt } from './payload.ts';

/**
 * What each harness sets for its hooks, in this order: Qwen sets a variable of Gemini's as well, and
 * `CLAUDE_PROJECT_DIR` is set by five of them. Codex sets none.
 */
const VARIABLES: readonly (readonly [variable: string, harness: HarnessName])[] = [
  ['COPILOT_CLI', 'copilot'],
  ['QWEN_CODE_SESSION_ID', 'qwen'],
  ['QWEN_PROJECT_DIR', 'qwen'],
  ['GEMINI_SESSION_ID', 'gemini'],
  ['FACTORY_PROJECT_DIR', 'droid'],
  ['CURSOR_VERSION', 'cursor'],
  ['CLAUDECODE', 'claude'],
];

/**
 * Which harness runs this hook. A name in the command counts, but for a file of Claude Code: Copilot
 * and Cursor read that one as well, and want another answer. A harness that is started inside another
 * inherits the variables of the outer one, so they never overrule any other name.
 */
export function detectHarness(
  named: HarnessName | null,
  environment: Environment,
  payload: HookPayload | null,
): HarnessName {
  if (named === 'claude' && payload !== null && !isOfClaude(payload)) {
    if (environment['COPILOT_CLI']) return 'copilot';
    if (environment['CURSOR_VERSION'] && textAt(payload, 'conversation_id')) return 'cursor';
  }
  if (named !== null) return named;
  if (payload !== null && textAt(payload, 'turn_id') && textAt(payload, 'model')) return 'codex';
  return VARIABLES.find(([variable]) => environment[variable])?.[1] ?? 'claude';
}

/** Only Claude Code numbers the prompts and the uses of a tool. */
const isOfClaude = (payload: HookPayload): boolean =>
  textAt(payload, 'tool_use_id', 'prompt_id') !== null;
