import type { AgentId } from '../../domain/ids.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import type { StateMoment, StateMove } from '../../domain/state-transition.ts';
import type { Handoff, HandoffRun } from '../../domain/states/handoff.ts';

/** What became of a handoff by one command. */
export type HandoffAction = 'failed' | 'passed' | 'rolled-back' | 'undecided';

/** Why a branch cannot be taken back: nothing of it has passed, or the pass is not on it any more. */
export type RollbackRefusal = 'gone' | 'no-pass';

/** What a command comes to: a new state, nothing to do, or a refusal. */
export type HandoffTransition =
  | (StateMove<Handoff> & { readonly action: HandoffAction })
  | { readonly kind: 'keep'; readonly state: Handoff }
  | { readonly kind: 'refuse'; readonly because: RollbackRefusal };

const ACTION = { fail: 'failed', pass: 'passed', undecided: 'undecided' } as const;

/** Writes down a run. One that does not pass takes nothing from an earlier pass, which still opens. */
export function recordHandoff(
  current: Handoff | null,
  { agent, branch, run }: { agent: AgentId; branch: BranchName; run: HandoffRun },
  moment: StateMoment,
): HandoffTransition {
  const { at, commit, digest, tree } = run;
  const passed = run.verdict === 'pass' ? { at, commit, digest, tree } : (current?.passed ?? null);
  const abandoned = current?.abandoned ?? null;
  const state = { agent, branch, last: run, passed, abandoned, offline: moment.offline };
  return move(ACTION[run.verdict], state, [commit]);
}

/**
 * The branch goes back to the commit that passed last; its tip is kept by the state.
 *
 * @param at the tip of the branch, and whether the pass is in its history
 */
export function rollBackHandoff(
  current: Handoff | null,
  at: { readonly tip: Oid; readonly hasPass: boolean },
  moment: StateMoment,
): HandoffTransition {
  if (!current?.passed) return { kind: 'refuse', because: 'no-pass' };
  if (at.tip === current.passed.commit) return { kind: 'keep', state: current };
  if (!at.hasPass) return { kind: 'refuse', because: 'gone' };
  const abandoned = { tip: at.tip, at: moment.now };
  return move('rolled-back', { ...current, abandoned, offline: moment.offline }, [at.tip]);
}

/** Everything that the state speaks of is a parent: git carries and keeps it with the state. */
function move(action: HandoffAction, state: Handoff, parents: readonly Oid[]): HandoffTransition {
  const kept = state.passed ? [state.passed.commit] : [];
  return {
    kind: 'move',
    action,
    state,
    subject: `handoff of ${state.agent} ${action}`,
    parents: [...new Set([...parents, ...kept])],
  };
}
