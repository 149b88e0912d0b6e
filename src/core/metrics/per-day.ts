const DAY = 86_400_000;

/** More days are shown by longer stretches. */
const MOST_BUCKETS = 60;

/** How often something happened in each day of a period, oldest first; of a long one, in each of 60 equal parts. */
export function perDay(moments: readonly number[], since: number, until: number): number[] {
  const days = Math.max(1, Math.ceil((until - since) / DAY));
  const length = Math.min(days, MOST_BUCKETS);
  const counts = Array.from({ length }, () => 0);
  for (const moment of moments) {
    const part = Math.floor(((moment - since) / (until - since)) * length);
    if (part >= 0) counts[Math.min(part, length - 1)]! += 1;
  }
  return counts;
}

/** Days of a period, at least a part of one. */
export const daysIn = (since: number, until: number): number => Math.max(until - since, 1) / DAY;
