import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { machineRoom } from '../../src/core/validation/machine-room.ts';
import { machineFacts } from '../../src/host/machine/machine-facts.ts';
import { scratchDirectory } from '../support/repository.ts';

/** A system as a program sees it that is in control groups. */
function system(own: string, mount: string, files: Readonly<Record<string, string>>): string {
  const root = scratchDirectory();
  const all = {
    'proc/meminfo': 'MemTotal: 999999999 kB\nMemAvailable: 800000000 kB\n',
    'proc/self/cgroup': `4:memory:/elsewhere\n0::${own}\n`,
    'proc/self/mountinfo': `24 27 0:6 / /dev rw - devtmpfs devtmpfs rw\n${mount}`,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const MOUNT = '30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n';
const group = (path: string, cpuMax: string, memoryMax: string, current: string) => ({
  [`sys/fs/cgroup/${path}cpu.max`]: `${cpuMax}\n`,
  [`sys/fs/cgroup/${path}memory.max`]: `${memoryMax}\n`,
  [`sys/fs/cgroup/${path}memory.current`]: `${current}\n`,
  [`sys/fs/cgroup/${path}memory.stat`]: `anon 5\ninactive_file 100\n`,
});
const room = (root: string) => machineRoom({ ...machineFacts(root), cpus: 64, total: 0 }, 0);

it.each([
  [
    'the tightest of the groups above a program',
    '/user.slice/app.scope',
    MOUNT,
    {
      ...group('user.slice/', '150000 100000', '5000', '1100'),
      ...group('user.slice/app.scope/', 'max 100000', '2000', '300'),
    },
    { cpus: 1.5, memory: 1600 },
  ],
  [
    'of a container, whose group is the top',
    '/',
    MOUNT,
    group('', '200000 100000', '1000', '150'),
    { cpus: 2, memory: 850 },
  ],
  [
    'of a container that sees the names of the host',
    '/docker/abc',
    MOUNT.replace(' / /sys', ' /docker/abc /sys'),
    group('', '200000 100000', '1000', '150'),
    { cpus: 2, memory: 850 },
  ],
  [
    'where both versions are mounted, and no limit is of the second',
    '/x',
    MOUNT.replace('/sys/fs/cgroup', '/sys/fs/cgroup/unified'),
    group('', '100000 100000', '10', '0'),
    { cpus: 64, memory: 800_000_000 * 1024 },
  ],
  ['where groups are of the first version', '/', '', {}, { cpus: 64, memory: 800_000_000 * 1024 }],
])('the room of a machine is that %s', (_, own, mount, files, expected) => {
  expect(room(system(own, mount, files))).toEqual(expected);
});

it('is that of this machine, whatever that is', () => {
  const { cpus, memory } = machineRoom(machineFacts(), 0);
  expect(cpus).toBeGreaterThan(0);
  expect(memory).toBeGreaterThan(0);
});
