import type { AgentId } from '../ids.ts';
import type { LandingMode } from '../landing.ts';
import { type BranchName, type Oid, parseRefName, type RefName } from '../refs.ts';
import type { ProcessMark } from '../process-mark.ts';

/** The id of a landing: `l` and hex digits of what was planned, and when. */
export type LandingId = string & { readonly __brand: 'LandingId' };

/** The id of a receipt: `r` and the first hex digits of the commit that the base was moved to. */
export type ReceiptId = string & { readonly __brand: 'ReceiptId' };

/**
 * Where the base moves: in this clone alone (`local`), or on the remote, which this clone then follows:
 * by a push, by one pull request for all of it, or by those that the branches have already.
 */
export const LANDING_WAYS = ['local', 'push', 'pull-request', 'pull-requests'] as const;
export type LandingWay = (typeof LANDING_WAYS)[number];

/** Somebody else moves the base, who is only asked to. */
export const isAskedFor = (way: LandingWay): boolean =>
  way === 'pull-request' || way === 'pull-requests';

/**
 * Why a branch does not land. `conflict`: with the base, or with what lands before it. `landed`: it adds
 * nothing. `refused`: the guard does not allow it. `unreadable`: it could not be judged. `after`: what it
 * must come after does not land. `red`: the validation fails with it. `moved`: it is not where it was
 * planned. `skipped`: somebody said so. `pull-request`: it has none that could be merged.
 */
export const LEFT_REASONS = [
  'after',
  'conflict',
  'landed',
  'moved',
  'pull-request',
  'red',
  'refused',
  'skipped',
  'unreadable',
] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

/** That a branch does not land, and a clause that says why. */
export interface LeftOut {
  readonly why: LeftReason;
  readonly words: string;
}

/** `waiting`: it has no commit yet. `built`: it has one, on top of the step before. */
export const STEP_STATES = ['waiting', 'built', 'landed', 'left'] as const;
export type StepState = (typeof STEP_STATES)[number];

/** The base with a step and all before it. */
export interface MadeStep {
  readonly commit: Oid;
  readonly tree: Oid;
}

/** One branch of a landing. */
export interface JournalStep {
  readonly branch: BranchName;
  /** What lands of it, and nothing else: a branch that has moved leaves. Of an undo, what landed. */
  readonly tip: Oid;
  readonly agent: AgentId | null;
  /** What must land before it; whichever of them leaves takes this along. */
  readonly after: readonly BranchName[];
  /** What it lands only together with, in one move of the base; whichever of them leaves takes this along. */
  readonly together: readonly BranchName[];
  readonly state: StepState;
  /** Null while it waits, and when it has left. */
  readonly made: MadeStep | null;
  /** Null unless it has left. */
  readonly left: LeftOut | null;
}

/**
 * What is known of the prefixes of a line of steps: the first n of them, landed together. 0 is the base
 * alone, and steps that go only together count as one.
 */
export interface PrefixSearch {
  /** The longest that is known to be green; null when not even the base is. */
  readonly green: number | null;
  /** The shortest that is known to be red; null when none is. */
  readonly red: RedPrefix | null;
}

export interface RedPrefix {
  readonly prefix: number;
  /** What failed, a clause. */
  readonly words: string;
  /** Runs that speak against its last step: of it, or of a longer one, that were red. */
  readonly seen: number;
}

/** That a tree has passed a list of commands. */
export interface Proof {
  readonly tree: Oid;
  /** Of the commands, and of what they run in. */
  readonly digest: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** It was red first. */
  readonly flaky: boolean;
}

/** Who carries a landing out, until when nobody else may. */
export interface Lander {
  readonly mark: ProcessMark;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * How a landing ended. `base-red`: nothing was tried, because the base itself fails. `differs`: the base was
 * moved by somebody else to something that was not validated.
 */
export const LANDING_ENDS = ['aborted', 'base-red', 'differs', 'done', 'overtaken'] as const;
export type LandingEnd = (typeof LANDING_ENDS)[number];

/** How it stands with what must hold once a landing is over. `due`: it is still to be run. */
export const AFTER_STATES = ['due', 'passed', 'red'] as const;

export interface AfterCheck {
  readonly state: (typeof AFTER_STATES)[number];
  /** What failed, a clause; '' where nothing did. */
  readonly words: string;
}

/** How a landing is to be carried out. */
export interface LandingTerms {
  readonly mode: LandingMode;
  readonly way: LandingWay;
  /** So many steps are validated, and land, in one move of the base; those that go only together count as one. */
  readonly batch: number;
  /** So many red runs besides the first have to speak against a step before it leaves. */
  readonly retries: number;
}

/** What `refs/bailiwick/landings/<base>` says: the landing that runs, or the last one that did. */
export interface LandingJournal extends LandingTerms {
  readonly id: LandingId;
  readonly base: BranchName;
  /** Where the base stood when the landing began. */
  readonly before: Oid;
  /** Where it stands now, and what the line is built on. */
  readonly onto: Oid;
  /** In the order in which they land; those that have left or landed stay where they were. */
  readonly steps: readonly JournalStep[];
  readonly search: PrefixSearch;
  /** Where the base is being moved; null but for that moment. */
  readonly publishing: Oid | null;
  /** How often the base moved meanwhile. */
  readonly rounds: number;
  /** Validations that were run; what was remembered is not among them. */
  readonly runs: number;
  /** Newest last. Those of earlier landings are carried along. */
  readonly proofs: readonly Proof[];
  readonly lander: Lander;
  /** What it takes back, all of it or nothing; null for what brings something. Steps are newest first then. */
  readonly undoes: UndoneLanding | null;
  /** Null where nothing has to hold at the end. */
  readonly after: AfterCheck | null;
  /** What has landed is removed at the end. */
  readonly clean: boolean;
  /** How the base differs from what was validated, a clause; null unless that ended it. */
  readonly difference: string | null;
  /** Null while it is not over. */
  readonly end: LandingEnd | null;
  /** Milliseconds since 1970. */
  readonly began: number;
}

/** A landing that is taken back. */
export interface UndoneLanding {
  readonly receipt: ReceiptId;
  /** Where the base stood before it. */
  readonly before: Oid;
  /** By moving the base back to there, so that it never landed; else by reverts. */
  readonly back: boolean;
  /** Why it is taken back in that way, a clause; '' where that is not written down. */
  readonly why: string;
}

const ID = /^l[0-9a-f]{7,64}$/;

export const parseLandingId = (text: string): LandingId | null =>
  ID.test(text) ? (text as LandingId) : null;

export const LANDING_REFS = 'refs/bailiwick/landings/';

/** The ref that holds the journal of a base; every branch name is a valid end of a ref name. */
export function landingRef(base: BranchName): RefName {
  const ref = parseRefName(`${LANDING_REFS}${base}`);
  if (ref === null) throw new Error(`no ref name for landings on ${base}`);
  return ref;
}
