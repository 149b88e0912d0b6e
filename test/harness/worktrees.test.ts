import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import { binaryOf, pathOrSkip } from './binaries.ts';
import { MODEL_TOOLS } from './model-tools.ts';
import { runHarness } from './run-harness.ts';

const program = pathOrSkip('claude', binaryOf('claude'));

describe.skipIf(program === null)('claude -w', () => {
  it('gets a worktree of ours: of the agent that its name says, bound and guarded', async () => {
    const main = guardedRepository();
    expect(main.bailiwick(['init', '--no-policy', '--harness', 'claude']).code).toBe(0);
    const made = main.at('../wt-a1-parser');
    const { write } = MODEL_TOOLS.claude;
    const session = await runHarness(
      'claude',
      program!,
      main.directory,
      [write(made.directory, 'services/api/new.py'), write(made.directory, 'services/core/new.py')],
      { args: ['-w', 'a1-parser'] },
    );
    const seen = session.output + session.told.slice(-3000);
    expect(existsSync(made.directory), seen).toBe(true);
    expect(made.git('branch', '--show-current')).toBe('feat/a1/parser');
    expect(existsSync(join(made.directory, 'services/api/new.py')), seen).toBe(false);
    expect(session.told).toContain('services/api/new.py: belongs to a2');
    expect(existsSync(join(made.directory, 'services/core/new.py')), seen).toBe(true);
    expect(made.bailiwick(['whoami']).stdout).toContain('a1');
  });
});
