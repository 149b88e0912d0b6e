import {
  GUARD_EVENTS,
  type GuardEvent,
  type HookState,
  type HookStatus,
} from '../../domain/reports/init.ts';
import { hasHookBlock } from './hook-block.ts';
import type { HookFile } from './hook-file.ts';
import { hasLefthookJob } from './lefthook.ts';
import { HUSKY_SHIM, runsLegacy } from './manager.ts';

/** For one event in one worktree: the file git runs, and those it leads to. */
export interface EventFacts {
  readonly event: GuardEvent;
  /** What git looks for. */
  readonly hook: HookFile;
  /** What `hook` runs when pre-commit or prek generated it. */
  readonly legacy: HookFile;
  /** What `hook` runs when husky generated it. */
  readonly script: HookFile;
}

/** What git will do for each event, in a worktree with this lefthook configuration, if any. */
export const hookStatuses = (
  events: readonly EventFacts[],
  lefthook: string | null,
): HookStatus[] =>
  GUARD_EVENTS.flatMap((event) => {
    const facts = events.find((each) => each.event === event);
    return facts ? [{ event, file: facts.hook.path, state: stateOf(facts, lefthook) }] : [];
  });

function stateOf({ event, hook, legacy, script }: EventFacts, lefthook: string | null): HookState {
  const { content } = hook;
  if (content === null) return 'missing';
  if (!hook.executable) return 'inert';
  const guarded =
    runsGuard(content, event) ||
    (HUSKY_SHIM.test(content) && runsGuard(script.content ?? '', event)) ||
    (runsLegacy(content) && legacy.executable && runsGuard(legacy.content ?? '', event)) ||
    (content.includes('call_lefthook') && lefthook !== null && hasLefthookJob(lefthook, event));
  return guarded ? 'active' : 'unguarded';
}

/** A block of ours, or the one line that hook managers copy from their configuration. */
const runsGuard = (content: string, event: GuardEvent): boolean =>
  (hasHookBlock(content) && content.includes(`/hooks/run" ${event} `)) ||
  new RegExp(`^[^#\\n]*/hooks/run" ${event}`, 'm').test(content);
