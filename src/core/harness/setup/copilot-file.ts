import { HOOK_COMMAND } from './json-entries.ts';

const command = `git ${HOOK_COMMAND} copilot`;

/** One hook: the command for either system, and the seconds it may take. */
const hook = (more: Readonly<Record<string, unknown>> = {}) => [
  { type: 'command', ...more, bash: command, powershell: command, timeoutSec: 10 },
];

/** A file of our own beside those of others: all of them run. */
export const COPILOT_FILE = `${JSON.stringify(
  {
    version: 1,
    hooks: {
      preToolUse: hook({ matcher: 'create|edit|apply_patch|bash|powershell' }),
      sessionStart: hook(),
      agentStop: hook(),
    },
  },
  null,
  2,
)}\n`;
