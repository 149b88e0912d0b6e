/** What stands for an answer that git did not give. */
export interface Unanswered {
  /** Why: git's last words, or what was seen of it. */
  readonly failed: string;
  /** git crashed, said nothing more, or said something that is not an answer: nothing is known to be missing. */
  readonly died: boolean;
}

export const isUnanswered = (outcome: object): outcome is Unanswered => 'failed' in outcome;

/** An object that is needed is not here. */
export const missingHere = (failed: string): Unanswered => ({ failed, died: false });
