import { readdirSync, readFileSync } from 'node:fs';

/** What a process group uses: of its processes that run, and of those they have waited for. */
export interface GroupUsage {
  /** Milliseconds of processor time so far. */
  readonly cpu: number;
  /** Bytes in memory now; what several processes share is counted for each. */
  readonly memory: number;
}

/** Linux reports times in hundredths of a second to programs, whatever it counts in itself; time(7). */
const TICK = 10;
const PAGE = 4096;

/** What process groups use; one that is gone uses nothing. Null where the system does not say. */
export function groupUsage(groups: ReadonlySet<number>): GroupUsage | null {
  if (process.platform !== 'linux') return null;
  let [cpu, memory] = [0, 0];
  for (const pid of readdirSync('/proc')) {
    const fields = /^\d+$/.test(pid) ? statOf(pid) : null;
    if (fields === null || !groups.has(Number(fields[2]))) continue;
    // proc_pid_stat(5), fields 14 to 17 and 24; the first here is the third there.
    cpu += fields.slice(11, 15).reduce((all, ticks) => all + Number(ticks), 0) * TICK;
    memory += Number(fields[21]) * PAGE;
  }
  return { cpu, memory };
}

/** What follows the name, which may hold anything; null for one that has ended. */
function statOf(pid: string): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
