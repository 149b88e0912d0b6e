import type { Hint } from './hint.ts';
/** Why no verdict could be reached. Each kind is exit code 2; see `render/exit.ts`. */
export type FailureKind = 'usage' | 'policy' | 'git' | 'io' | 'internal';

/**
 * "Could not decide": never a pass, never a refusal. Thrown where it is noticed, turned into text
 * and exit code 2 in one place. A violation of the policy is not a Failure but a `Finding`.
 */
export class Failure extends Error {
  readonly kind: FailureKind;
  /** What helps, each "To <reach this>, run <command>", most useful first. */
  readonly hints: readonly Hint[];

  constructor(kind: FailureKind, message: string, hints: readonly Hint[] = []) {
    super(message);
    this.name = 'Failure';
    this.kind = kind;
    this.hints = hints;
  }
}
