import type { Candidate } from '../../../core/overlap/candidates.ts';
import { describePair } from '../../../core/overlap/describe-pair.ts';
import { sameEntry } from '../../../domain/change.ts';
import type { MergeConflict, OneWay, OverlapPair } from '../../../domain/reports/overlap.ts';
import type { Branch } from '../fleet-branch.ts';
import type { PairDirections } from '../replay/try-directions.ts';
import type { FleetSurvey } from '../survey.ts';

/** Every pair with something in common, sorted. Where a pair was landed both ways, that is what counts. */
export function pairsOf(
  refs: readonly string[],
  { branches, meetings, directions }: Pick<FleetSurvey, 'branches' | 'directions' | 'meetings'>,
): OverlapPair[] {
  const indexOf = new Map(refs.map((ref, at) => [ref, at]));
  const met = new Map(meetings.map((meeting) => [keyOf(meeting.candidate), meeting]));
  const tried = new Map(
    directions.map((pair) => {
      const [a, b] = pair.refs.map((ref) => indexOf.get(ref)!).sort((x, y) => x - y) as [
        number,
        number,
      ];
      return [keyOf({ a, b }), { a, b, pair }];
    }),
  );
  const all = new Map<string, Candidate>(
    meetings.map(({ candidate }) => [keyOf(candidate), candidate]),
  );
  for (const [key, { a, b }] of tried)
    if (!all.has(key)) all.set(key, { a, b, shared: [], structural: true });
  const sorted = [...all].sort(([, x], [, y]) => x.a - y.a || x.b - y.b);
  return sorted.flatMap(([key, candidate]) => {
    const conflicts = met.get(key)?.conflicts ?? [];
    const verdict = verdictOf(conflicts, tried.get(key)?.pair ?? null);
    const identical = isSame(branches[candidate.a]!, branches[candidate.b]!);
    return describePair(refs, candidate, verdict.conflicts, verdict.oneWay, identical) ?? [];
  });
}

/** Whether two branches do the same to the base. */
function isSame(a: Branch, b: Branch): boolean {
  const [one, other] = [a.solo?.footprint, b.solo?.footprint];
  if (!one || !other || one.changes.length !== other.changes.length) return false;
  return one.changes.every(({ path, after }, at) => {
    const change = other.changes[at]!;
    return change.path === path && sameEntry(change.after, after);
  });
}

const keyOf = ({ a, b }: Pick<Candidate, 'a' | 'b'>): string => `${a} ${b}`;

/** What two branches come to, from their merge and from landing them both ways where that was tried. */
function verdictOf(
  conflicts: readonly MergeConflict[],
  tried: PairDirections | null,
): { readonly conflicts: readonly MergeConflict[]; readonly oneWay: OneWay | null } {
  if (tried === null || tried.forth.clean === null || tried.back.clean === null)
    return { conflicts, oneWay: null };
  const [a, b] = tried.refs;
  const [forth, back] = [saidOf(tried.forth), saidOf(tried.back)];
  if (forth !== null && back !== null)
    return { conflicts: conflicts.length > 0 ? conflicts : [...forth, ...back], oneWay: null };
  if (forth !== null) return { conflicts: forth, oneWay: { earlier: a, later: b } };
  if (back !== null) return { conflicts: back, oneWay: { earlier: b, later: a } };
  return { conflicts: [], oneWay: null };
}

/** What git says of a landing that stops; null where it does not. */
function saidOf(outcome: PairDirections['back']): readonly MergeConflict[] | null {
  if (outcome.clean !== false) return null;
  const { conflicts = [], files } = outcome;
  if (conflicts.length > 0) return conflicts;
  return files.map(({ path }) => ({ kind: 'CONFLICT (contents)', paths: [path] }));
}
