import { readFileSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { dirname, join, relative } from 'node:path';

/**
 * What the system says of itself, and of the control groups this program is in; see `machineRoom`.
 *
 * @param root where `/proc` and the control groups are looked for
 */
export const machineFacts = (root = '/') => ({
  cpus: availableParallelism(),
  available: availableMemory(root),
  total: totalmem(),
  groups: groupPaths(root).map((path) => ({
    cpuMax: textOf(join(path, 'cpu.max')),
    memoryMax: textOf(join(path, 'memory.max')),
    memoryCurrent: textOf(join(path, 'memory.current')),
    memoryStat: textOf(join(path, 'memory.stat')),
  })),
});

/** What could be given to programs, caches included, where the system says so; proc_meminfo(5). */
function availableMemory(root: string): number {
  const text = textOf(join(root, 'proc/meminfo')) ?? '';
  const [, kilobytes] = /^MemAvailable: +(\d+) kB$/m.exec(text) ?? [];
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
}

/** From the outermost group that is seen down to this program's own; none where groups are of version 1 alone. */
function groupPaths(root: string): string[] {
  const [, own] = /^0::(\/.*)$/m.exec(textOf(join(root, 'proc/self/cgroup')) ?? '') ?? [];
  const mount = groupMount(root);
  if (own === undefined || mount === null) return [];
  // Of a group outside of what is mounted here, such as from within a container, the top is what limits us.
  const below = relative(mount.group, own);
  const top = join(root, mount.place);
  const paths: string[] = [];
  for (
    let path = below.startsWith('..') ? top : join(top, below);
    path.startsWith(top);
    path = dirname(path)
  )
    paths.unshift(path);
  return paths;
}

/** Where version 2 is mounted, and which group that place shows; proc_pid_mountinfo(5). */
function groupMount(root: string): { readonly group: string; readonly place: string } | null {
  const text = textOf(join(root, 'proc/self/mountinfo')) ?? '';
  const [, group, place] = /^\d+ \d+ \S+ (\/\S*) (\/\S*) .* - cgroup2 /m.exec(text) ?? [];
  return group === undefined || place === undefined ? null : { group, place };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
