import { spawnSync } from 'node:child_process';

/** One row of the bench: a figure, what it is compared with, and the budget it must keep. */
export interface Row {
  readonly what: string;
  /** The measured figure in words: `41 ms`, `1.21 x`. */
  readonly figure: string;
  /** What the figure may be at most; null for one without a bound. */
  readonly budget: string | null;
  /** Null when there is no budget, or it could not be measured. */
  readonly kept: boolean | null;
}

/** Milliseconds a program takes as a whole process. Throws when it fails. */
export function timeProcess(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; ok?: readonly number[] },
): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 30,
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (!(options.ok ?? [0]).includes(status ?? -1))
    throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${String(stderr)}`);
  return milliseconds;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

export const ratio = (value: number): string => `${value.toFixed(2)} x`;
