import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import type { TestRepository } from '../support/repository.ts';
import { binaryOf, pathOrSkip, REAL_HARNESSES } from './binaries.ts';
import { MODEL_TOOLS } from './model-tools.ts';
import { runHarness } from './run-harness.ts';

const FORBIDDEN = 'services/api/new.py';
const ALLOWED = 'services/core/new.py';

/** Those that can be kept from stopping; the plugin of opencode only hears of it. */
const STOPS: ReadonlySet<string> = new Set(REAL_HARNESSES.filter((name) => name !== 'opencode'));

for (const harness of REAL_HARNESSES) {
  const binary = pathOrSkip(harness, binaryOf(harness));
  describe.skipIf(binary === null)(harness, () => {
    const program = binary!;
    const { write, shell, check } = MODEL_TOOLS[harness];
    let main: TestRepository;
    let worktree: TestRepository;

    beforeAll(() => {
      main = guardedRepository();
      main.git('worktree', 'add', '-q', '-b', 'feat/a1/work', '../wt-a1');
      worktree = main.at('../wt-a1');
      const made = main.bailiwick(['init', '--no-policy', '--harness', harness]);
      expect(made.code, made.stdout + made.stderr).toBe(0);
    });

    it('is told in a linked worktree, before the edit, at the start, and once at the end', async () => {
      worktree.write('web/left.ts', 'left\n');
      const session = await runHarness(
        harness,
        program,
        worktree.directory,
        [
          write(worktree.directory, FORBIDDEN),
          write(worktree.directory, ALLOWED),
          shell(`echo x > ${FORBIDDEN}`),
          shell('echo y > services/core/shell.py'),
          check(['web/asked.ts']),
        ],
        { main: main.directory },
      );
      const there = (path: string): boolean => existsSync(join(worktree.directory, path));
      const seen = session.output + session.told.slice(-3000);
      expect(there(FORBIDDEN), seen).toBe(false);
      expect(there(ALLOWED), seen).toBe(true);
      expect(there('services/core/shell.py'), seen).toBe(true);
      // Once for the edit, once for the shell: in the request that follows each.
      expect(session.told).toContain(`${FORBIDDEN}: belongs to a2`);
      expect(session.told).toContain(`git bailiwick request open :/${FORBIDDEN}`);
      expect(session.told).toContain('belongs to the agent a1');
      expect(session.told).toContain('git bailiwick lock acquire common');
      const left = session.told.includes('stops here, and this is left. It is said once.');
      expect(left, seen).toBe(STOPS.has(harness));
      // The server was started in this worktree, and its tool was called: only it says codes.
      expect(session.told.includes('owned-by-other'), seen).toBe(true);
    });
  });
}
