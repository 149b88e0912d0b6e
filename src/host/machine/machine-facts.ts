import { readFileSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { dirname, join } from 'node:path';

const GROUPS = '/sys/fs/cgroup';

/** What the system says of itself, and of the control groups this program is in; see `machineRoom`. */
export const machineFacts = () => ({
  cpus: availableParallelism(),
  available: availableMemory(),
  total: totalmem(),
  groups: groupPaths().map((path) => ({
    cpuMax: textOf(join(path, 'cpu.max')),
    memoryMax: textOf(join(path, 'memory.max')),
    memoryCurrent: textOf(join(path, 'memory.current')),
  })),
});

/** What could be given to programs, caches included, where the system says so; proc_meminfo(5). */
function availableMemory(): number {
  const [, kilobytes] = /^MemAvailable: +(\d+) kB$/m.exec(textOf('/proc/meminfo') ?? '') ?? [];
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
}

/** From the outermost group down to this program's own; none where groups are of version 1, or not there. */
function groupPaths(): string[] {
  const [, own] = /^0::(\/.*)$/m.exec(textOf('/proc/self/cgroup') ?? '') ?? [];
  if (own === undefined) return [];
  const paths: string[] = [];
  for (let path = join(GROUPS, own); path.startsWith(GROUPS); path = dirname(path))
    paths.unshift(path);
  return paths;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
