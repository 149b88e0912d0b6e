import { expect, it } from 'vitest';
import { detectHarness } from '../../../src/core/harness/detect-harness.ts';
import type { HookPayload } from '../../../src/core/harness/payload.ts';
import type { HarnessName } from '../../../src/domain/harness/harness.ts';

const CLAUDE: HookPayload = { hook_event_name: 'PreToolUse', tool_use_id: 'toolu_1' };
const BY_COPILOT: HookPayload = { hook_event_name: 'PreToolUse', tool_name: 'Write' };

it.each<
  [what: string, HarnessName | null, Record<string, string>, HookPayload | null, HarnessName]
>([
  ['a name counts', 'codex', {}, null, 'codex'],
  // Codex lets the tool run when it gets the answer that Copilot wants.
  ['started inside Copilot as well', 'codex', { COPILOT_CLI: '1' }, CLAUDE, 'codex'],
  ['Claude inside Copilot', 'claude', { COPILOT_CLI: '1' }, CLAUDE, 'claude'],
  ['Copilot reads the file of Claude', 'claude', { COPILOT_CLI: '1' }, BY_COPILOT, 'copilot'],
  [
    'so does Cursor',
    'claude',
    { CURSOR_VERSION: '3' },
    { hook_event_name: 'preToolUse', conversation_id: 'c' },
    'cursor',
  ],
  [
    'no name: Codex by what it says',
    null,
    { CLAUDECODE: '1' },
    { turn_id: 't', model: 'm' },
    'codex',
  ],
  [
    'Qwen sets what Gemini sets',
    null,
    { QWEN_PROJECT_DIR: 'x', GEMINI_SESSION_ID: 'y' },
    {},
    'qwen',
  ],
  ['five set this one', null, { CLAUDE_PROJECT_DIR: 'x', FACTORY_PROJECT_DIR: 'x' }, {}, 'droid'],
  ['nothing known', null, {}, null, 'claude'],
])('%s', (_what, named, environment, payload, harness) => {
  expect(detectHarness(named, environment, payload)).toBe(harness);
});
