import type { Hint } from '../../domain/hint.ts';
/** Why a text is not a glob. */
export interface GlobFault {
  /** What is wrong, one sentence without its subject: "ends in a slash". */
  readonly message: string;
  /** The same text with this one fault mended, and what that says; null when nobody can guess. */
  readonly repair: Repair | null;
  /** What to do where there is no repair. */
  readonly advice?: Hint;
}

export interface Repair {
  /** Completes "To ...": `name everything in the directory`. */
  readonly purpose: string;
  readonly text: string;
}

export const fault = (message: string, purpose: string, text: string): GlobFault => ({
  message,
  repair: { purpose, text },
});

export const hopeless = (message: string, advice: Hint): GlobFault => ({
  message,
  repair: null,
  advice,
});

/** `text` with the part from `start` to `end` replaced. */
export const splice = (text: string, start: number, end: number, part: string): string =>
  text.slice(0, start) + part + text.slice(end);
