import type { Oid } from './refs.ts';

/** What commands came to. `undecided`: they did not get to say; never the same as a pass. */
export type ValidationVerdict = 'fail' | 'pass' | 'undecided';

/** How one command ended, as the system says it. */
export interface CommandEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** It was ended because its time was up. */
  readonly timedOut: boolean;
  /** Why somebody who was asked to end ended it: `ended by SIGINT`; null when nobody did. */
  readonly stopped: string | null;
  readonly milliseconds: number;
  /** Processes that it had left behind, which were then ended. */
  readonly leftBehind: number;
  /** Processes that could not be ended, such as those that wait for a disk. */
  readonly unended: readonly number[];
}

/** One command of a validation, and what became of it. */
export interface CommandRun extends CommandEnd {
  /** From 1, in the order of the policy. */
  readonly position: number;
  readonly text: string;
  readonly verdict: ValidationVerdict;
  /** What makes it no pass, a clause: `exit code 1`; null for a pass. */
  readonly reason: string | null;
  /** Where the end of its output is: absolute, readable by its owner alone. */
  readonly log: string;
  /** A digest of that, so that a record can name the output without holding it. */
  readonly logDigest: string;
}

/** What all the commands together came to. */
export interface Validation {
  readonly verdict: ValidationVerdict;
  /** Why it is no pass, a clause; null for a pass. */
  readonly reason: string | null;
  /** Of the commands, so that a pass of others is not taken for one of these; see `commandsDigest`. */
  readonly digest: string;
  /** Those that were begun, in order. */
  readonly runs: readonly CommandRun[];
}

/** What is told while commands run. `position` is from 1. */
export type ValidationEvent =
  | {
      readonly kind: 'begin';
      readonly position: number;
      readonly text: string;
      /** The process group, which is the id of its first process. */
      readonly group: number;
    }
  | { readonly kind: 'line'; readonly position: number; readonly line: string }
  | { readonly kind: 'end'; readonly run: CommandRun };

/** What is checked out at one moment; two of them tell whether commands changed what they judged. */
export interface TreeMoment {
  readonly head: Oid | null;
  /** Short; null when HEAD is detached. */
  readonly branch: string | null;
  /** What differs from the commit, by path, with what tells one state of it from the next. */
  readonly changed: ReadonlyMap<string, string>;
}

/** What the commands of one agent take of a machine while they run. */
export interface Needs {
  /** Processors; may be a fraction. */
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  /** Names of what only one may use at a time on a machine, such as `docker`. Sorted, each once. */
  readonly exclusive: readonly string[];
}

/** An agent that says nothing keeps one processor busy. */
export const USUAL_NEEDS: Needs = { cpus: 1, memory: 0, exclusive: [] };

/** What a machine has for commands, in the same units. */
export type Capacity = Omit<Needs, 'exclusive'>;
