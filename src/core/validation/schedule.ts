import type { Capacity, Needs } from '../../domain/validation.ts';

/** Something that runs, or waits for room. */
export interface Claim {
  readonly needs: Needs;
  /** It begins when nothing else runs, and nothing begins beside it. */
  readonly alone: boolean;
  readonly begun: boolean;
}

/**
 * What a claim waits for: room for it, something that only one may use, or to be alone. Null where it may begin.
 */
export type WaitsFor = 'alone' | 'cpus' | 'exclusive' | 'memory' | null;

/**
 * Which of the waiting claims may begin, in the order in which they came: those that fit beside what runs and
 * what came before them. So nothing waits for ever: a claim is only ever delayed by what was there first.
 * What needs more than the whole machine begins where nothing else runs.
 *
 * @param claims in the order in which they came
 * @returns for each claim what it waits for; null for one that has begun or may begin now
 */
export function schedule(capacity: Capacity, claims: readonly Claim[]): WaitsFor[] {
  // Whoever waits holds its place: what comes later must fit beside it as well.
  const taken: Claim[] = claims.filter(({ begun }) => begun);
  return claims.map((claim) => {
    if (claim.begun) return null;
    const waits = waitsFor(capacity, taken, claim);
    taken.push(claim);
    return waits;
  });
}

function waitsFor(capacity: Capacity, taken: readonly Claim[], claim: Claim): WaitsFor {
  if (taken.length === 0) return null;
  if (claim.alone || taken.some(({ alone }) => alone)) return 'alone';
  const { cpus, memory, exclusive } = claim.needs;
  const held = new Set(taken.flatMap(({ needs }) => needs.exclusive));
  if (exclusive.some((name) => held.has(name))) return 'exclusive';
  const sum = (of: keyof Capacity): number => taken.reduce((all, { needs }) => all + needs[of], 0);
  if (sum('cpus') + cpus > capacity.cpus) return 'cpus';
  return sum('memory') + memory > capacity.memory ? 'memory' : null;
}
