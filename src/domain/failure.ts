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

  /** By its name: a part that is loaded later brings a class of its own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'Failure';
  }

  constructor(kind: FailureKind, message: string, hints: readonly Hint[] = []) {
    super(message);
    this.name = 'Failure';
    this.kind = kind;
    this.hints = hints;
  }
}

/**
 * Whatever was thrown, as a reason why no verdict could be reached: a failure as it is, anything else
 * as a bug of ours, in one line.
 *
 * @param trace is told where a bug happened, when somebody wants to know
 * @param hint how to have that said
 */
export function failureFrom(
  error: unknown,
  trace: ((stack: string) => void) | null,
  hint?: Hint,
): Failure {
  if (error instanceof Failure) return error;
  const bug = error instanceof Error ? error : new Error(String(error));
  trace?.(bug.stack ?? bug.message);
  return new Failure(
    'internal',
    `internal error: ${bug.message}`,
    hint === undefined ? [] : [hint],
  );
}
