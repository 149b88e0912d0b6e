import type { Oid } from './refs.ts';

/** A git object that lies beside `state.json` in the tree of a state, such as a patch or a log. */
export interface AttachedObject {
  /** Its name at the top of the tree; neither `state.json` nor a path. */
  readonly name: string;
  readonly type: 'blob' | 'tree';
  readonly oid: Oid;
}

/** The state that follows another. Its commit's first parent is the state before. */
export interface StateMove<State> {
  readonly kind: 'move';
  readonly state: State;
  /** What happened: one line of ASCII. */
  readonly subject: string;
  /**
   * Commits that the state speaks of, as further parents: git carries them wherever the state goes,
   * and keeps them as long as it.
   */
  readonly parents?: readonly Oid[];
  readonly attached?: readonly AttachedObject[];
  /** With the key of whoever acts here. */
  readonly sign?: boolean;
}

/** What a request comes to: a new state, nothing to do, or a refusal. */
export type StateTransition<State> =
  | StateMove<State>
  | { readonly kind: 'keep' }
  | { readonly kind: 'refuse' };

/** The circumstances under which a transition is decided. */
export interface StateMoment {
  /** Milliseconds since 1970, by this machine's clock. */
  readonly now: number;
  /** The remote could not be asked, or was not to be: another machine may decide otherwise. */
  readonly offline: boolean;
}
