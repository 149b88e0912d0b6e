import { ADVICE, HOOK_COMMAND } from './json-entries.ts';

const command = `git ${HOOK_COMMAND} copilot`;

/** One hook: the command for either system, and the seconds it may take. */
const hook = (run: string, more: Readonly<Record<string, unknown>> = {}) => [
  { type: 'command', ...more, bash: run, powershell: run, timeoutSec: 10 },
];
const told = hook(`${command} ${ADVICE}`);

/** A file of our own beside those of others: all of them run. */
export const COPILOT_FILE = `${JSON.stringify(
  {
    version: 1,
    hooks: {
      preToolUse: hook(command, { matcher: 'create|edit|apply_patch|bash|powershell' }),
      sessionStart: told,
      agentStop: told,
    },
  },
  null,
  2,
)}\n`;
