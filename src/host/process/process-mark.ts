import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ProcessMark } from '../../domain/process-mark.ts';

/** This process, so that others can tell later whether it still runs. */
export const ownProcessMark = (): ProcessMark => ({
  pid: process.pid,
  host: hostname(),
  started: statOf(process.pid)?.started ?? null,
});

/**
 * Whether the process still runs. One of another machine may, for all this one can tell; a number that
 * was given to a later process is told apart where the system says when a process started. One that has
 * ended and that nobody has waited for does not run: in a container it may be listed for ever.
 */
export function isAlive({ pid, host, started }: ProcessMark): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = statOf(pid);
  if (now === null) return true;
  return !now.ended && (started === null || now.started === null || now.started === started);
}

/**
 * Whether a process has ended, and when it started: in clock ticks since the system did, and the id of
 * that start of the system; proc_pid_stat(5), fields 3 and 22. Null where there is no `/proc`.
 */
function statOf(pid: number): { readonly ended: boolean; readonly started: string | null } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in parentheses, may hold anything, spaces and parentheses too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return {
      ended: state === 'Z' || state === 'X',
      started: ticks === undefined ? null : `${boot}/${ticks}`,
    };
  } catch {
    return null;
  }
}
