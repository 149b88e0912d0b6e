import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { sep } from 'node:path';

/** A process that would lose the ground under its feet. */
export interface ProcessUse {
  readonly pid: number;
  /** The process that started it. */
  readonly parent: number;
  /** What the system calls it. */
  readonly name: string;
  /** Its working directory, or a file it has open. */
  readonly path: string;
}

/**
 * The processes that have their working directory in `directory`, or a file open there; null where
 * this system does not say. Those of other users are seen only by an administrator. This process and
 * those it has started are left out.
 *
 * @param directory absolute, links resolved.
 */
export async function processesIn(directory: string): Promise<ProcessUse[] | null> {
  const inside = (path: string): boolean =>
    path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
  const uses = process.platform === 'linux' ? fromProc(inside) : await fromLsof(inside);
  return uses?.filter(({ pid, parent }) => ![pid, parent].includes(process.pid)) ?? null;
}

/** One use of each process: proc_pid_cwd(5), proc_pid_fd(5). */
function fromProc(inside: (path: string) => boolean): ProcessUse[] | null {
  const pids = names('/proc').filter((name) => /^\d+$/.test(name));
  if (pids.length === 0) return null;
  return pids.flatMap((pid) => {
    const open = names(`/proc/${pid}/fd`).map((fd) => `/proc/${pid}/fd/${fd}`);
    const path = [`/proc/${pid}/cwd`, ...open].map(target).find((found) => found && inside(found));
    return path ? [{ pid: Number(pid), ...describe(pid), path }] : [];
  });
}

function names(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Where a link of /proc leads; null when it is not ours to read, or the process has ended. */
function target(link: string): string | null {
  try {
    return readlinkSync(link).replace(/ \(deleted\)$/, '');
  } catch {
    return null;
  }
}

/** `<pid> (<name>) <state> <parent> ...`: proc_pid_stat(5). The name may hold anything. */
function describe(pid: string): { name: string; parent: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    return {
      name: stat.slice(stat.indexOf('(') + 1, end),
      parent: Number(stat.slice(end + 2).split(' ')[1]),
    };
  } catch {
    return { name: '', parent: 0 };
  }
}

/** Null when there is no lsof, as on Windows. Its exit code says nothing: 1 also when something was found. */
const fromLsof = (inside: (path: string) => boolean): Promise<ProcessUse[] | null> =>
  new Promise((resolve) => {
    const options = { maxBuffer: 1 << 28, timeout: 20_000, encoding: 'utf8' } as const;
    execFile('lsof', ['-w', '-n', '-P', '-F', 'pRcn'], options, (error, stdout) => {
      const failed = error !== null && typeof error.code !== 'number';
      resolve(failed ? null : parseLsof(stdout, inside));
    });
  });

/** Lines `p<pid>`, `R<parent>`, `c<command>`, then `n<name>` of each file; lsof(8), "OUTPUT FOR OTHER PROGRAMS". */
export function parseLsof(output: string, inside: (path: string) => boolean): ProcessUse[] {
  const uses = new Map<number, ProcessUse>();
  let [pid, parent, name] = [0, 0, ''];
  for (const line of output.split('\n')) {
    const rest = line.slice(1);
    if (line.startsWith('p')) pid = Number(rest);
    else if (line.startsWith('R')) parent = Number(rest);
    else if (line.startsWith('c')) name = rest;
    else if (line.startsWith('n') && !uses.has(pid) && inside(rest))
      uses.set(pid, { pid, parent, name, path: rest });
  }
  return [...uses.values()];
}
