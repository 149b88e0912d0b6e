const UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

/** An amount of memory in units of 1,024 as people say it: `640 kB`, `1.5 GB`. */
export function formatBytes(bytes: number): string {
  let value = bytes / 1024;
  let unit = 0;
  for (; value >= 1024 && unit < UNITS.length - 1; unit += 1) value /= 1024;
  return `${value < 10 && unit > 1 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]!}`;
}
