import { beforeAll, describe, expect, it } from 'vitest';
import { shellQuote } from '../../src/domain/text/quote.ts';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import type { Outcome, TestRepository } from '../support/repository.ts';

let repository: TestRepository;

beforeAll(() => {
  repository = guardedRepository();
  repository.git('switch', '-q', '-c', 'feat/a1/work');
  repository.run('git', ['init', '-q', '--bare', '../people.git']);
});

const quoted = (words: readonly string[]): string => words.map(shellQuote).join(' ');

/** As a person would: with a terminal of its own; script(1). */
const atTerminal = (words: readonly string[], environment: Record<string, string> = {}): Outcome =>
  repository.run('script', ['-qec', quoted(words), '/dev/null'], {
    environment: { BAILIWICK_AGENT: 'human', TERM: 'dumb', ...environment },
  });

/** Without any terminal, as a service or a harness starts programs; setsid(1). */
const unattended = (words: readonly string[]): Outcome =>
  repository.run('setsid', ['-w', ...words], { environment: { BAILIWICK_AGENT: 'human' } });

const COMMIT = ['git', 'commit', '-q', '-m', 'by a person'];

describe('a maintainer on the branch of an agent', () => {
  it('26: is not believed without a terminal, nor where a harness runs', () => {
    repository.write('services/api/api.py', 'by a person\n');
    repository.git('add', '-A');
    const none = unattended(COMMIT);
    expect(none.stderr).toMatch(/for a person at a\s+terminal/);
    expect(none.code).not.toBe(0);
    for (const variable of [
      'CLAUDECODE',
      'CODEX_SANDBOX',
      'COPILOT_CLI',
      'GEMINI_CLI',
      'OPENCODE',
    ]) {
      const inside = atTerminal(COMMIT, { [variable]: '1' });
      expect(inside.stdout).toContain(variable);
      expect(inside.code).not.toBe(0);
    }
    expect(codesIn(repository.tryGit('commit', '-q', '-m', 'x'))).toEqual(['owned-by-other']);
  });

  it('says so at a terminal, commits, and pushes with a record of it', () => {
    const committed = atTerminal(COMMIT);
    expect(committed.stdout).toContain('BAILIWICK_AGENT=human');
    expect(committed.code).toBe(0);
    const pushed = atTerminal(['git', 'push', '-q', '../people.git', 'feat/a1/work']);
    expect(pushed.stdout).toContain('BAILIWICK_AGENT=human');
    expect(pushed.code).toBe(0);
    const head = repository.git('rev-parse', 'HEAD');
    expect(repository.read('.git/bailiwick/pushes-by-people')).toMatch(
      new RegExp(`^\\S+Z \\S+@\\S+ ${head} refs/heads/feat/a1/work\\n$`),
    );
  });

  it('leaves nothing by which the next commit would pass without being asked again', () => {
    repository.write('services/api/api.py', 'by an agent\n');
    repository.git('add', '-A');
    expect(unattended(COMMIT).code).not.toBe(0);
    repository.git('restore', '--staged', '--worktree', '.');
  });

  it('may ask before', () => {
    const asked = repository.run('setsid', [
      '-w',
      process.execPath,
      `${process.cwd()}/dist/cli.js`,
      'check',
      '--as-human',
    ]);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toMatch(/for a person at a\s+terminal/);
  });
});
