import { GLOBSTAR, type Pattern, type Segment } from './syntax.ts';

/**
 * True when the plain text of two patterns alone rules out a common path: they differ at their
 * beginnings or their ends. Says nothing when false. Settles all but a few pairs of a policy at
 * almost no cost.
 */
export function areApart(a: Pattern, b: Pattern): boolean {
  const fixed = !a.includes(GLOBSTAR) && !b.includes(GLOBSTAR);
  return (
    (fixed && a.length !== b.length) ||
    differBefore(a, b) ||
    // Both ends are compared up to the first `**` from there; a final `**` compares nothing.
    differBefore(a.toReversed(), b.toReversed())
  );
}

function differBefore(a: Pattern, b: Pattern): boolean {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [one, other] = [a[at]!, b[at]!];
    if (one === GLOBSTAR || other === GLOBSTAR) return false;
    if (segmentsDiffer(one, other)) return true;
  }
  return false;
}

function segmentsDiffer(a: Exclude<Segment, string>, b: Exclude<Segment, string>): boolean {
  const [headA, headB] = [textOf(a[0]), textOf(b[0])];
  const [tailA, tailB] = [textOf(a.at(-1)), textOf(b.at(-1))];
  return (
    (a.length === 1 && b.length === 1 && headA !== null && headB !== null && headA !== headB) ||
    !(startsAlike(headA ?? '', headB ?? '') && endsAlike(tailA ?? '', tailB ?? ''))
  );
}

const textOf = (token: Exclude<Segment, string>[number] | undefined): string | null =>
  token?.kind === 'text' ? token.text : null;

const startsAlike = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);
const endsAlike = (a: string, b: string): boolean => a.endsWith(b) || b.endsWith(a);
