import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChangeWatch } from '../../src/host/change-watch.ts';
import { scratchDirectory } from '../support/repository.ts';

let changes: ChangeWatch;
let directory: string;
beforeEach(() => {
  changes = new ChangeWatch();
  directory = scratchDirectory();
});
afterEach(() => changes.close());

/** Longer than the test may take: only a change ends it. */
const FOREVER = 1_000_000;
const write = (name: string): void => writeFileSync(join(directory, name), 'x');

/** What happened first. */
const race = async (milliseconds: number): Promise<'change' | 'time'> => {
  let changed = false;
  const touched = changes.next(FOREVER).then(() => (changed = true));
  await Promise.race([touched, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
  const first = changed ? 'change' : 'time';
  changes.touch();
  await touched;
  return first;
};

describe('ChangeWatch', () => {
  it('wakes when a file changes, also between two waits', async () => {
    changes.watch([{ path: directory, deep: false }]);
    const waiting = changes.next(FOREVER);
    write('HEAD');
    await waiting;
    write('index');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await changes.next(FOREVER);
  });

  it('sees what lies deeper, and directories that are made later', async () => {
    mkdirSync(join(directory, 'refs/heads'), { recursive: true });
    changes.watch([{ path: join(directory, 'refs'), deep: true }]);
    const waiting = changes.next(FOREVER);
    mkdirSync(join(directory, 'refs/heads/feat'));
    await waiting;
    write('refs/heads/feat/x');
    await changes.next(FOREVER);
  });

  it('takes what git writes beside a file for nothing, and its move into place for a change', async () => {
    changes.watch([{ path: directory, deep: false }]);
    write('HEAD.lock');
    expect(await race(300)).toBe('time');
    const waiting = changes.next(FOREVER);
    renameSync(join(directory, 'HEAD.lock'), join(directory, 'HEAD'));
    await waiting;
  });

  it('looks only at the names that count', async () => {
    changes.watch([{ path: directory, deep: false, only: /^HEAD$/ }]);
    write('COMMIT_EDITMSG');
    expect(await race(300)).toBe('time');
    const waiting = changes.next(FOREVER);
    write('HEAD');
    await waiting;
  });

  it('ends by itself where nothing changes, or nothing can be watched', async () => {
    changes.watch([{ path: join(directory, 'nowhere'), deep: true }]);
    await changes.next(1);
  });

  it('forgets what is no longer to be watched', async () => {
    changes.watch([{ path: directory, deep: false }]);
    changes.watch([]);
    write('HEAD');
    expect(await race(300)).toBe('time');
  });
});
