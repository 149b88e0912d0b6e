import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchDirectory, TestRepository } from '../../support/repository.ts';
import { landable, seen, stack } from './fixture.ts';

/**
 * A few moments by default; `npm run test:landing` takes every one. They are counted in processes of
 * git: the program dies by SIGKILL when it starts the n-th.
 */
const every = Number(process.env['BAILIWICK_KILLS'] ?? 0);
const MOST = 400;
/** What `seen` says of the base. */
const TREE = /^[0-9a-f]{40}$/;

/**
 * `git` that kills whoever starts it for the n-th time, once. Several are started at the same moment, and
 * may all have been counted before the first looks: then the number is passed without being seen.
 */
const DEADLY = `#!/bin/sh
echo x >>"$KILL_COUNT"
if [ "$KILL_AT" -gt 0 ] && [ "$(wc -l <"$KILL_COUNT")" -ge "$KILL_AT" ] &&
  mkdir "$KILL_COUNT.killed" 2>/dev/null; then kill -9 "$PPID"; exit 1; fi
PATH=\${PATH#*:} exec git "$@"
`;

/** A command that is killed, in a repository that is made once and copied. */
interface Scene {
  readonly words: readonly string[];
  readonly prepared: TestRepository;
}

function prepare(): TestRepository {
  const repository = landable();
  stack(repository);
  repository.git('switch', '-q', 'main');
  repository.write('bin/git', DEADLY, 0o755);
  repository.write('.git/info/exclude', 'bin/\n');
  return repository;
}

const LAND = ['land', '--all', '--once', '--local', '--yes'];

function undo(prepared: TestRepository): Scene {
  prepared.bailiwick(LAND);
  const { data } = JSON.parse(prepared.bailiwick(['land', 'show', '--json']).stdout) as {
    data: { receipts: { id: string }[] };
  };
  return { words: ['land', 'undo', data.receipts[0]!.id, '--yes'], prepared };
}

const SCENES: Readonly<Record<string, () => Scene>> = {
  land: () => ({ words: LAND, prepared: prepare() }),
  ...(every > 0 && {
    'land --clean': () => ({
      words: [...LAND, '--clean'],
      prepared: prepare(),
    }),
    'land undo': () => undo(prepare()),
    'land undo by reverts': () => {
      const scene = undo(prepare());
      scene.prepared.git('tag', 'seen');
      return scene;
    },
  }),
};

describe.each(Object.entries(SCENES))('%s that is killed', (name, scene) => {
  const { prepared, words } = scene();
  const isUndo = name.startsWith('land undo');

  /** Another repository like that. */
  function copy(): TestRepository {
    const home = scratchDirectory();
    cpSync(prepared.home, home, { recursive: true, verbatimSymlinks: true });
    return new TestRepository(join(home, 'repo'), home);
  }

  function runKilled(repository: TestRepository, at: number): number {
    const environment = {
      PATH: `${repository.directory}/bin:${repository.environment['PATH']}`,
      KILL_AT: String(at),
      KILL_COUNT: join(repository.home, 'count'),
    };
    return repository.bailiwick(words, { environment }).code;
  }

  const straight = copy();
  const code = runKilled(straight, 0);
  const processes = readFileSync(join(straight.home, 'count'), 'utf8').length / 2;
  const end = seen(straight);

  // What the others do besides is at their ends.
  const step = name === 'land' ? every : every * 6;
  /** While it validates, and while the base moves. */
  const moments =
    every > 0
      ? Array.from({ length: Math.ceil(processes / step) }, (_, at) => at * step + 1)
      : [0.5, 0.85].map((part) => Math.round(processes * part));

  it('comes to its end when it is left alone', () => {
    expect([code, end === seen(prepared)]).toEqual([isUndo ? 0 : 1, false]);
    expect(processes).toBeLessThan(MOST);
    const files = straight.git('ls-tree', '-r', '--name-only', 'main');
    expect(files.includes('a/more')).toBe(!isUndo);
    expect(straight.git('status', '--porcelain')).toBe('');
  });

  it.each(moments)('65 when git is started for the %ith time, goes on to the same end', (at) => {
    const repository = copy();
    expect(runKilled(repository, at)).not.toBe(code);
    // What no branch names yet is kept by the journal.
    repository.git('gc', '-q', '--prune=now');
    const { code: again, stderr } = repository.bailiwick(['land', 'continue', '--yes']);
    // Before anything was written down there is nothing to go on with; after all was, nothing more.
    if (again === 2) {
      expect(stderr).toContain('no landing on main is under way');
      if (seen(repository) !== end) repository.bailiwick(words);
    }
    expect(seen(repository)).toBe(end);
  });

  it.each(every > 0 ? moments : moments.slice(0, 1))(
    '65 when git is started for the %ith time, can be aborted',
    (at) => {
      const repository = copy();
      const before = seen(repository);
      runKilled(repository, at);
      const { code: aborted, stderr } = repository.bailiwick(['land', 'abort']);
      if (aborted === 2) expect(stderr).toMatch(/no landing on main|was being moved/);
      const now = repository.git('rev-parse', 'main^{tree}');
      const whole = [before, end].map((text) => text.split('\n').find((line) => TREE.test(line)));
      expect(whole).toContain(now);
      expect(repository.git('status', '--porcelain')).toBe('');
    },
  );
});
