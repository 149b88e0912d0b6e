import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ProcessMark } from '../../domain/process-mark.ts';

/** This process, so that others can tell later whether it still runs. */
export const ownProcessMark = (): ProcessMark => ({
  pid: process.pid,
  host: hostname(),
  started: startOf(process.pid),
});

/**
 * Whether the process still runs. One of another machine may, for all this one can tell; a number that
 * was given to a later process is told apart where the system says when a process started.
 */
export function isAlive({ pid, host, started }: ProcessMark): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = startOf(pid);
  return now === null || started === null || now === started;
}

/**
 * When a process started, in clock ticks since the system did, and the id of that start of the system;
 * proc_pid_stat(5), field 22. Null where there is no `/proc`.
 */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in parentheses, may hold anything, spaces and parentheses too.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return ticks === undefined ? null : `${boot}/${ticks}`;
  } catch {
    return null;
  }
}
