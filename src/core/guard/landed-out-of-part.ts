import type { Finding, FindingCode } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Oid } from '../../domain/refs.ts';

/**
 * What can be said of a path after it has landed: whose part it is in. Locks are given back by then, and
 * limits are advice.
 */
const ABOUT_PARTS: ReadonlySet<FindingCode> = new Set([
  'forbidden',
  'frozen',
  'identity-mismatch',
  'identity-unknown',
  'local-only',
  'owned-by-other',
  'reserved',
  'unowned',
  'unsafe-path',
] as const);

/** One thing that landed, and how it came. */
export interface LandedPiece {
  /** The pull request it came by; null for a push to the base. */
  readonly number: number | null;
  readonly before: Oid;
  readonly commit: Oid;
}

/** What the check would have refused, had it been asked about what really landed. */
export const landedOutOfPart = (
  findings: readonly Finding[],
  { number, before, commit }: LandedPiece,
): Finding[] =>
  findings
    .filter(({ severity, code }) => severity === 'error' && ABOUT_PARTS.has(code))
    .map((finding) => ({
      ...finding,
      code: 'landed-out-of-part',
      message: `${number === null ? 'a push' : `#${number}`} landed what the check refuses: ${finding.code}, ${finding.message}`,
      hint: hintTo('see what landed', `git diff ${before} ${commit}`),
    }));
