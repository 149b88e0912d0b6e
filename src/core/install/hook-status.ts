import {
  ALL_GUARD_EVENTS,
  type GuardEvent,
  type HookState,
  type HookStatus,
} from '../../domain/reports/init.ts';
import type { CanaryWay } from './canary.ts';
import { type HookFile, isDirectory } from './hook-file.ts';
import { hasLefthookJob } from './managers/lefthook.ts';
import { type ConfigurationFile, HUSKY_SHIM, runsLegacy } from './managers/manager.ts';

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

/**
 * What the files say for each event, in a worktree with these files of lefthook, if any: `active`
 * here only means that it is worth trying out.
 */
export const hookStatuses = (
  events: readonly EventFacts[],
  lefthook: readonly ConfigurationFile[],
): HookStatus[] =>
  ALL_GUARD_EVENTS.flatMap((event) => {
    const facts = events.find((each) => each.event === event);
    if (facts === undefined) return [];
    const { hook } = facts;
    const status = { event, file: hook.path };
    return [
      isDirectory(hook)
        ? { ...status, state: 'failing', reason: DIRECTORY_REASON }
        : { ...status, state: stateOf(facts, lefthook), reason: null },
    ];
  });

/** Why git fails where a directory stands in the place of a hook. */
export const DIRECTORY_REASON = 'it is a directory';

function stateOf(
  { event, hook, legacy, script }: EventFacts,
  lefthook: readonly ConfigurationFile[],
): HookState {
  const { content } = hook;
  if (content === null) return 'missing';
  if (!hook.executable) return 'inert';
  const guarded =
    runsGuard(content) ||
    (HUSKY_SHIM.test(content) && runsGuard(script.content ?? '')) ||
    (runsLegacy(content) && legacy.executable && runsGuard(legacy.content ?? '')) ||
    (content.includes('call_lefthook') &&
      lefthook.some((each) => hasLefthookJob(each.content, event)));
  return guarded ? 'active' : 'unguarded';
}

/** A line names the guard. Whether it gets there is tried out; what names nothing of ours is not started. */
const runsGuard = (content: string): boolean =>
  /^[^#\n]*(?:\bbailiwick\b|\/hooks\/run['"]? pre-)/m.test(content);

/** What the hook of this event is started by, when it is tried out. */
export const canaryWayOf = ({ hook: { content } }: EventFacts): CanaryWay =>
  content?.includes('call_lefthook')
    ? 'lefthook'
    : runsLegacy(content ?? '')
      ? 'pre-commit'
      : 'direct';
