const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** Milliseconds of `2h`, `90m`, `1h30m`, `2d`; null for anything else, nothing and zero included. */
export function parseDuration(text: string): number | null {
  const match = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?$/.exec(text);
  if (match === null) return null;
  const total = UNITS.reduce((sum, [, size], at) => sum + size * Number(match[at + 1] ?? 0), 0);
  return total > 0 ? total : null;
}

/** A length of time (milliseconds) in its two largest units, rounded down: `1h 20m`, `45s`. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.max(0, milliseconds);
  const words: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count}${unit}`);
    else if (words.length > 0) break;
    if (words.length === 2) break;
  }
  return words.join(' ') || '0s';
}

/** How far a moment is from another, both in milliseconds: `in 2h`, `45s ago`, `just now` within a second. */
export function formatDistance(moment: number, now: number): string {
  if (Math.abs(moment - now) < 1000) return 'just now';
  return moment > now
    ? `in ${formatDuration(moment - now)}`
    : `${formatDuration(now - moment)} ago`;
}

/** A moment (milliseconds since 1970) as people and scripts both read it: `2026-03-01T14:00:00Z`. */
export const formatMoment = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
