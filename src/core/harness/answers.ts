import type { HookAnswer } from '../../domain/harness/harness.ts';

const json = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** The keys by which each of the harnesses knows a refusal, all at once; unknown ones are passed over. */
const refusal = (reason: string): string =>
  json({
    decision: 'block',
    reason,
    permission: 'deny',
    user_message: reason,
    agent_message: reason,
    permissionDecision: 'deny',
    permissionDecisionReason: reason,
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: reason,
    },
  });

/**
 * The one answer that refuses in every harness but Copilot: exit code 2 with the reason on standard
 * error, and JSON for those that read it. With exit code 0 the same JSON lets the tool run in Codex.
 */
export const denyByCode = (reason: string): HookAnswer => ({
  stdout: refusal(reason),
  stderr: `${reason}\n`,
  exitCode: 2,
});

/** Copilot reads the reason only when the hook ends with 0; with 2 it says no more than the code. */
export const denyByOutput = (reason: string): HookAnswer => ({
  stdout: refusal(reason),
  stderr: '',
  exitCode: 0,
});

const said = (value: unknown): HookAnswer => ({ stdout: json(value), stderr: '', exitCode: 0 });

/** Context as most harnesses take it from a hook that runs at the start of a session. */
export const contextOf = (text: string, event: string): HookAnswer =>
  said({ hookSpecificOutput: { hookEventName: event, additionalContext: text } });

/** The same, with the key at the top that Copilot reads. */
export const contextAtTop = (text: string, event: string): HookAnswer =>
  said({
    additionalContext: text,
    hookSpecificOutput: { hookEventName: event, additionalContext: text },
  });

export const contextOfCursor = (text: string): HookAnswer => said({ additional_context: text });

export const blockStop = (reason: string): HookAnswer => said({ decision: 'block', reason });
export const denyStop = (reason: string): HookAnswer => said({ decision: 'deny', reason });
export const followUp = (reason: string): HookAnswer => said({ followup_message: reason });

/** The path of a worktree that was made; the last line is what is read. */
export const madeAt = (path: string): HookAnswer => ({
  stdout: `${path}\n`,
  stderr: '',
  exitCode: 0,
});

/** Why a hook that does the work itself did not do it; any code but 0 ends it. */
export const notDone = (reason: string): HookAnswer => ({
  stdout: '',
  stderr: `${reason}\n`,
  exitCode: 2,
});
