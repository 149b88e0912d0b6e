import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import { scratchDirectory, type TestRepository } from '../support/repository.ts';
import { binaryOf, pathOrSkip, REAL_HARNESSES, type RealHarness } from './binaries.ts';
import { MODEL_TOOLS } from './model-tools.ts';
import { runHarness, type Session } from './run-harness.ts';

// What happens when the guard itself fails, as the table in docs/harnesses.md says it.

const FORBIDDEN = 'services/api/new.py';

/** What goes wrong, and which words the model gets then; null where it is told nothing of ours. */
interface Fault {
  readonly what: string;
  readonly words: string;
  /** Where the tool runs all the same, and the commit is what is refused. */
  readonly open: readonly RealHarness[];
  /** Breaks something; gives directories for the front of the PATH. */
  break(main: TestRepository): string[];
  /** What is not trusted is passed over by these. */
  readonly untrustedBy?: readonly RealHarness[];
}

/** A directory with a node that does this. */
function nodeThat(does: string): string[] {
  const directory = scratchDirectory();
  writeFileSync(join(directory, 'node'), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
  return [directory];
}

const FAULTS: readonly Fault[] = [
  {
    what: 'a node that cannot start',
    words: 'node ended with code 1',
    open: [],
    break: () => nodeThat('echo broken >&2; exit 1'),
  },
  {
    what: 'a node that is killed',
    words: 'node ended with code',
    open: [],
    break: () => nodeThat('kill -9 $$'),
  },
  {
    what: 'a package that is gone',
    words: 'is gone, so nothing can say',
    open: [],
    break: (main) => {
      const alias = main.git('config', 'alias.bailiwick');
      main.git('config', 'alias.bailiwick', alias.replace(/=\S+;/, '=/gone;'));
      return [];
    },
  },
  {
    what: 'a policy that is damaged',
    words: 'cannot decide',
    open: [],
    break: (main) => {
      main.commit('damage', { 'ownership.yml': 'agents: [\n' });
      return [];
    },
  },
  {
    what: 'a hook that hangs',
    words: '',
    open: ['codex', 'copilot', 'droid', 'gemini', 'qwen'],
    break: () => nodeThat('exec sleep 60'),
  },
  {
    what: 'hooks that nobody trusts',
    words: '',
    open: ['codex', 'copilot'],
    break: () => [],
    untrustedBy: ['codex', 'copilot'],
  },
];

/** Copilot hides the reason of a hook that ends with code 2, and says that it failed. */
const hides = (harness: RealHarness, { what }: Fault): boolean =>
  harness === 'copilot' && what !== 'a policy that is damaged';

for (const harness of REAL_HARNESSES) {
  const program = pathOrSkip(harness, binaryOf(harness));
  describe.skipIf(program === null)(harness, () => {
    let main: TestRepository;
    let worktree: TestRepository;

    beforeEach(() => {
      main = guardedRepository();
      main.git('worktree', 'add', '-q', '-b', 'feat/a1/work', '../wt-a1');
      worktree = main.at('../wt-a1');
      expect(main.bailiwick(['init', '--no-policy', '--harness', harness]).code).toBe(0);
    });

    const writes = (path: readonly string[], trusted: boolean): Promise<Session> =>
      runHarness(
        harness,
        program!,
        worktree.directory,
        [MODEL_TOOLS[harness].write(worktree.directory, FORBIDDEN)],
        { main: main.directory, path, trusted },
      );

    it.each(FAULTS.filter(({ untrustedBy }) => untrustedBy?.includes(harness) ?? true))(
      '$what',
      async (fault) => {
        const { told, output } = await writes(fault.break(main), fault.untrustedBy === undefined);
        const seen = `${output}\n${told.slice(-2000)}`;
        const open = fault.open.includes(harness);
        expect(existsSync(join(worktree.directory, FORBIDDEN)), seen).toBe(open);
        if (!open && !hides(harness, fault)) expect(told.includes(fault.words), seen).toBe(true);
        rmSync(join(worktree.directory, FORBIDDEN), { force: true });
      },
    );

    it('the same edit is refused by the commit, whatever the harness let through', () => {
      worktree.write(FORBIDDEN, 'new\n');
      worktree.git('add', '-A');
      const commit = worktree.tryGit('commit', '-m', 'x');
      expect(commit.code).not.toBe(0);
      expect(commit.stderr).toContain('owned-by-other');
    });
  });
}
