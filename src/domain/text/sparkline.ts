const BARS = '▁▂▃▄▅▆▇█';

/** One bar for each number, the largest full; nothing where all are 0. */
export function sparkline(numbers: readonly number[]): string {
  const most = Math.max(...numbers, 0);
  if (most === 0) return '';
  return numbers.map((one) => BARS[Math.ceil((one / most) * (BARS.length - 1))]).join('');
}
