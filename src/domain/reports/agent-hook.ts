import type { HarnessName, HookAnswer } from '../harness/harness.ts';

/** `data` of `agent-hook`: what was about to happen, and what the harness is told. */
export interface AgentHookData {
  readonly harness: HarnessName;
  /** `unread` when the payload could not be understood. */
  readonly event:
    | 'edit'
    | 'other'
    | 'session-start'
    | 'shell'
    | 'stop'
    | 'unread'
    | 'worktree-create'
    | 'worktree-remove';
  /** The files that are written, as they were named; empty when nothing was to be judged. */
  readonly paths: readonly string[];
  readonly answer: HookAnswer;
}
